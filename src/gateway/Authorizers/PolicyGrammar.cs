using System.Buffers;
using System.Text.Json;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// The grammar of an identity policy. Source: IAM, "Grammar of the IAM JSON policy language". An unknown key may be a
/// misspelt <c>Condition</c>, and a denial that names nothing is a mistake. Neither may open what it was meant to
/// close.
/// </summary>
internal static class PolicyGrammar
{
    private const string Arn = "arn:";
    private const int ArnParts = 6;

    private static readonly SearchValues<char> Wildcards = SearchValues.Create("*?");

    private static readonly SearchValues<char> ActionCharacters =
        SearchValues.Create("*?-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>The keys of the document.</summary>
    public static IReadOnlySet<string> OfDocument { get; } = new HashSet<string> { "Version", "Id", "Statement" };

    /// <summary>The keys of a statement. <c>Principal</c> is for resource policies only.</summary>
    public static IReadOnlySet<string> OfStatement { get; } =
        new HashSet<string> { "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition" };

    /// <summary>Whether the JSON is an object that has only these keys, each at most once.</summary>
    public static bool HasOnly(JsonElement json, IReadOnlySet<string> keys)
    {
        var seen = new HashSet<string>();
        return json.ValueKind == JsonValueKind.Object
            && json.EnumerateObject().All(member => keys.Contains(member.Name) && seen.Add(member.Name));
    }

    /// <summary>
    /// The values of <c>Action</c> or <c>NotAction</c>; null when both or neither exist, or a value is invalid.
    /// </summary>
    public static string[]? Actions(JsonElement statement) => Texts(statement, "Action", "NotAction", IsAction);

    /// <summary>
    /// The values of <c>Resource</c> or <c>NotResource</c>; null when both or neither exist, or a value is invalid.
    /// </summary>
    public static string[]? Resources(JsonElement statement) => Texts(statement, "Resource", "NotResource", IsResource);

    private static string[]? Texts(JsonElement statement, string name, string opposite, Func<string, bool> isValid)
    {
        if (statement.TryGetProperty(name, out var value) == statement.TryGetProperty(opposite, out var other))
            return null;
        var given = value.ValueKind == JsonValueKind.Undefined ? other : value;
        JsonElement[] items = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray()] : [given];
        if (items.Length == 0
            || !Array.TrueForAll(items, item => item.ValueKind == JsonValueKind.String && isValid(item.GetString()!)))
            return null;
        return Array.ConvertAll(items, item => item.GetString()!);
    }

    // SERVICE:NAME, both with wildcards allowed, or an asterisk.
    private static bool IsAction(string text) =>
        text == "*" || (text.Split(':') is [{ Length: > 0 } service, { Length: > 0 } name]
            && IsActionPart(service)
            && IsActionPart(name));

    private static bool IsActionPart(string text) => !text.AsSpan().ContainsAnyExcept(ActionCharacters);

    // A resource in any other form cannot match the ARN of a request.
    private static bool IsResource(string text) =>
        text.Length > 0
        && text.AsSpan().Trim().Length == text.Length
        && (Wildcards.Contains(text[0])
            || (text.StartsWith(Arn, StringComparison.Ordinal)
                && (text.AsSpan().ContainsAny(Wildcards) || text.Split(':').Length >= ArnParts)));
}
