using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>Keys of a definition that, not read, would open what they are meant to guard.</summary>
internal static class OpenApiKeys
{
    private const string Security = "security";

    /// <summary>Whether a key is <c>security</c>, well or badly spelt.</summary>
    public static bool IsSecurity(string key) => EditDistance.IsNear(key, Security);

    /// <summary>Says where <c>security</c> is misspelt, or stands in a place where nobody reads it.</summary>
    /// <param name="mapping">The definition, one of its paths, or an operation.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="isRead">Whether it may have the key; a path may not.</param>
    /// <param name="diagnostics">Takes the errors.</param>
    public static void CheckSecurity(YamlMapping mapping, string name, bool isRead, DiagnosticBag diagnostics)
    {
        foreach (var (key, _) in mapping.Entries)
        {
            if (!IsSecurity(key.Value) || (isRead && key.Value == Security))
                continue;
            diagnostics.Error(DiagnosticCodes.UnknownKey, $"{name} has no key '{key.Value}'", key, isRead ? $"did you mean '{Security}'?" : "write 'security' in each of its operations, or at the top of the definition");
        }
    }
}
