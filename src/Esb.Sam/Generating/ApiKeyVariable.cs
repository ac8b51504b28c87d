using System.Security.Cryptography;
using System.Text;
using Esb.Schema.Yaml;

namespace Esb.Sam.Generating;

/// <summary>
/// The environment variable of the gateway that contains an API key whose value no template gives:
/// <c>API_KEY_SHOP__ORDERS_API_KEY</c> for <c>OrdersApiKey</c> of the application <c>shop</c>. Two keys never share a
/// variable: a hash of application and name is appended when the letters alone are ambiguous.
/// </summary>
internal static class ApiKeyVariable
{
    private const string Prefix = "API_KEY_";
    private const int HashBytes = 4;

    /// <summary>Returns the key with its variable; unchanged when it has a value.</summary>
    public static YamlMapping Named(YamlMapping key, string? application)
    {
        if (key.Contains("value"))
            return key;
        var variable = YamlScalar.Text(Of(application, ResourceSet.Text(key["name"])!));
        var entry = new YamlEntry(YamlScalar.Text("value_env"), variable);
        return new YamlMapping([key.Entries[0], entry, .. key.Entries.Skip(1)], key.Place);
    }

    /// <summary>The name of the variable.</summary>
    /// <param name="application">The application; null when the files name none.</param>
    /// <param name="name">The name of the key.</param>
    public static string Of(string? application, string name)
    {
        var (owner, words) = (application is null ? null : Letters(application.Replace('-', '_')), Words(name));
        var readable = $"{Prefix}{(owner is null ? "" : owner + "__")}{words}";
        return IsClearOwner(owner, application) && IsClearName(words, name)
            ? readable
            : $"{readable.TrimEnd('_')}___{Hash(application, name)}";
    }

    // Returns the name in capitals, with an underscore between the words of a name like OrdersApiKey.
    private static string Words(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1]))
                text.Append('_');
            text.Append(Letters(name[i].ToString()));
        }

        return text.ToString();
    }

    private static string Letters(string text) =>
        string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')).ToUpperInvariant();

    // shop-api ↔ SHOP_API.
    private static bool IsClearOwner(string? owner, string? application) =>
        owner is null || (owner.Split('_').All(w => w.Length > 0)
            && !application!.Any(char.IsAsciiLetterUpper)
            && owner.Replace('_', '-').Equals(application, StringComparison.OrdinalIgnoreCase));

    // OrdersApiKey ↔ ORDERS_API_KEY.
    private static bool IsClearName(string words, string name) =>
        words.Split('_').All(w => w.Length > 0)
            && string.Concat(words.Split('_').Select(w => w[..1] + w[1..].ToLowerInvariant())) == name
            && !name.Contains('_');

    private static string Hash(string? application, string name) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{application}\0{name}")).AsSpan(0, HashBytes));
}
