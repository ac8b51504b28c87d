using System.Text.Json;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Staging.References;

/// <summary>
/// Finds local packages that <c>package.json</c> or npm's lock file names. Source: npm, "package.json", Local Paths;
/// "package-lock.json".
/// </summary>
internal static class LocalPackages
{
    // npm also reads development dependencies before it omits them.
    private static readonly string[] Kinds =
        ["dependencies", "optionalDependencies", "devDependencies", "peerDependencies", "overrides", "resolutions"];

    private static readonly string[] Schemes = ["link:", "portal:", "git+file:"];

    /// <summary>The local packages in <c>package.json</c>, with their lines.</summary>
    public static IEnumerable<(int Line, string Path)> Of(string text) =>
        Read(text, root => Kinds.Where(kind => root.TryGetProperty(kind, out _))
            .SelectMany(kind => Texts(root.GetProperty(kind))));

    /// <summary>The local packages in a lock file, with their lines.</summary>
    public static IEnumerable<(int Line, string Path)> OfLock(string text) =>
        Read(text, root => Resolved(root).Where(FileUrl.Is));

    private static IEnumerable<(int Line, string Path)> Read(string text, Func<JsonElement, IEnumerable<string>> values)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. values(document.RootElement)
                    .Select(v => (Value: v, Path: PathOf(v)))
                    .Where(v => v.Path is not null)
                    .Select(v => (LineOf(text, v.Value), v.Path!))]
                : [];
        }
        catch (JsonException)
        {
            return []; // npm reports the error.
        }
    }

    private static string? PathOf(string value)
    {
        var scheme = Array.Find(Schemes, s => value.StartsWith(s, StringComparison.OrdinalIgnoreCase));
        if (scheme is not null)
            return FileUrl.PathOf(scheme == "git+file:" ? value["git+".Length..] : value[scheme.Length..]);
        var isPath = FileUrl.Is(value)
            || value.StartsWith("../", StringComparison.Ordinal)
            || value.StartsWith("./", StringComparison.Ordinal)
            || value.StartsWith('/') || value.StartsWith("~/", StringComparison.Ordinal);
        return isPath ? FileUrl.PathOf(value) : null;
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        _ => [],
    };

    private static IEnumerable<string> Resolved(JsonElement element) => element.ValueKind != JsonValueKind.Object
        ? []
        : element.EnumerateObject().SelectMany(p =>
            p is { Name: "resolved", Value.ValueKind: JsonValueKind.String }
                ? [p.Value.GetString()!]
                : Resolved(p.Value));

    // A value with an escape sequence is not found; it gets the first line.
    private static int LineOf(string text, string value) =>
        text.IndexOf($"\"{value}\"", StringComparison.Ordinal) is >= 0 and var at
            ? text.AsSpan(0, at).Count('\n') + 1
            : 1;
}
