using System.Text.Json;

namespace Esb.Cli.Staging.References;

/// <summary>Packages of this machine that a <c>package.json</c> names. Source: npm, "package.json", Local Paths.</summary>
internal static class LocalPackages
{
    // npm looks at development dependencies too before it leaves them out.
    private static readonly string[] Kinds = ["dependencies", "optionalDependencies", "devDependencies"];

    /// <summary>Their paths, as they are written.</summary>
    public static IEnumerable<string> Of(string text)
    {
        try
        {
            using var package = JsonDocument.Parse(text);
            return package.RootElement.ValueKind == JsonValueKind.Object ? [.. Kinds.SelectMany(kind => Of(package.RootElement, kind))] : [];
        }
        catch (JsonException)
        {
            return []; // npm says what is wrong with it.
        }
    }

    private static IEnumerable<string> Of(JsonElement package, string kind)
    {
        if (!package.TryGetProperty(kind, out var dependencies) || dependencies.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var value in dependencies.EnumerateObject().Select(d => d.Value).Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!))
        {
            if (value.StartsWith("file:", StringComparison.Ordinal))
                yield return value["file:".Length..];
            else if (value.StartsWith("../", StringComparison.Ordinal) || value.StartsWith("./", StringComparison.Ordinal))
                yield return value;
        }
    }
}
