using System.Text.Json;
using Esb.Objects.Errors;

namespace Esb.Objects.Access;

/// <summary>Reads the JSON of a policy strictly: what is not in IAM's grammar is an error.</summary>
internal static class PolicyJson
{
    /// <summary>The members of an object that has at least one.</summary>
    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static IReadOnlyList<JsonProperty> Members(JsonElement json, string what)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw BodyErrors.MalformedPolicy($"{what} is not an object");
        var members = json.EnumerateObject().ToList();
        return members.Count > 0 ? members : throw BodyErrors.MalformedPolicy($"{what} is empty");
    }

    /// <summary>A text, number or boolean, or a list of them that is not empty.</summary>
    /// <exception cref="S3Exception">MalformedPolicy.</exception>
    public static IReadOnlyList<string> Texts(JsonElement json, string what)
    {
        if (json.ValueKind != JsonValueKind.Array)
            return [Text(json, what)];
        var texts = json.EnumerateArray().Select(item => Text(item, what)).ToList();
        return texts.Count > 0 ? texts : throw BodyErrors.MalformedPolicy($"{what} is empty");
    }

    /// <summary>
    /// Refuses policy variables, such as <c>${aws:username}</c>, which would be compared as they stand.
    /// </summary>
    /// <exception cref="S3Exception">NotImplemented.</exception>
    public static void RefuseVariables(IEnumerable<string> texts)
    {
        if (texts.FirstOrDefault(text => text.Contains("${", StringComparison.Ordinal)) is { } variable)
            throw S3Errors.NotImplemented($"A policy variable, as in '{variable}',");
    }

    private static string Text(JsonElement json, string what) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number => json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw BodyErrors.MalformedPolicy($"{what} is not a text"),
    };
}
