using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Reports;

/// <summary>One changed value of a replaced entry.</summary>
/// <param name="Path">Its path, such as <c>environment.TABLE</c> or <c>events[0].schedule.rate</c>.</param>
/// <param name="Before">Null when it was absent.</param>
/// <param name="After">Null when it is removed.</param>
internal sealed record Difference(string Path, string? Before, string? After)
{
    private const int LongFolder = 12;

    /// <summary>
    /// Whether both values are hidden: the key may hold a password (<see cref="SecretPlaces"/>), or a template keeps
    /// the value secret.
    /// </summary>
    public bool IsSecret { get; private init; }

    /// <summary>The changed values of a replaced entry; empty for one that is added or unchanged.</summary>
    /// <param name="change">The change by the merge.</param>
    /// <param name="concealed">The secret values of the templates.</param>
    public static IReadOnlyList<Difference> Of(Change change, ConcealedTexts? concealed = null)
    {
        List<Difference> differences = [];
        if (change.Kind == ChangeKind.Replaced)
            Compare(
                "",
                change.Before,
                change.After,
                change.Section == "default" && SecretPlaces.IsInDefaults(change.Key),
                differences);
        if (concealed is null)
            return differences;
        bool IsSecret(Difference d) => d.IsSecret || Holds(d.Before, concealed) || Holds(d.After, concealed);
        return [.. differences.Select(d => d with { IsSecret = IsSecret(d) })];
    }

    /// <summary>The text about a default that stays although a template has another value.</summary>
    /// <param name="change">The change by the merge.</param>
    /// <param name="concealed">The secret values of the templates.</param>
    public static string NotTaken(Change change, ConcealedTexts? concealed = null) =>
        SecretPlaces.IsInDefaults(change.Key)
            || Text(change.Before) is not { } before
            || Text(change.NotTaken) is not { } other
            || (concealed is not null && (Holds(before, concealed) || Holds(other, concealed)))
            ? "stays as it is; the template says something else"
            : $"stays {before}; the template says {other}";

    public override string ToString() => (Before, After) switch
    {
        _ when IsSecret => $"{Path} {(Before is null ? "added" : After is null ? "removed" : "changed")}",
        (null, _) => $"{Path} {After}",
        (_, null) => $"{Path} removed",
        // Only the hidden part of the value differs.
        _ when Before == After => $"{Path} changed",
        _ => $"{Path} {Short(Before!, After!)} → {Short(After!, Before!)}",
    };

    private static bool Holds(string? value, ConcealedTexts concealed) =>
        value is not null && (concealed.Contains(value) || concealed.Hide(value) != value);

    // Folders that both values share are left out, since the paths of staged code are long.
    private static string Short(string value, string other)
    {
        var same = value.AsSpan().CommonPrefixLength(other);
        var folder = value.AsSpan(0, same).LastIndexOf('/');
        return folder > LongFolder ? $"…{value[folder..]}" : value;
    }

    private static void Compare(
        string path, YamlNode? before, YamlNode? after, bool isSecret, List<Difference> differences)
    {
        if (before is not null && before.ContentEquals(after))
            return;
        if (before is YamlMapping or YamlSequence || after is YamlMapping or YamlSequence)
        {
            foreach (var part in Parts(before, after))
                Compare(
                    path.Length == 0
                        ? part.Step.TrimStart('.')
                        : path + part.Step, part.Before, part.After, isSecret || part.IsSecret, differences);
        }
        else
        {
            var key = path[(path.LastIndexOf('.') + 1)..];
            differences.Add(new Difference(path, Shown(key, before), Shown(key, after)) { IsSecret = isSecret });
        }
    }

    private static IEnumerable<(string Step, YamlNode? Before, YamlNode? After, bool IsSecret)> Parts(
        YamlNode? before, YamlNode? after)
    {
        var old = Flat(before);
        var now = Flat(after);
        return old.Keys.Union(now.Keys, StringComparer.Ordinal).Select(k =>
            (k, old.GetValueOrDefault(k), now.GetValueOrDefault(k), IsSecretIn(before, k) || IsSecretIn(after, k)));
    }

    private static bool IsSecretIn(YamlNode? node, string step) =>
        node is YamlMapping mapping && SecretPlaces.IsAt(mapping, step.TrimStart('.'));

    private static Dictionary<string, YamlNode> Flat(YamlNode? node) => node switch
    {
        YamlMapping mapping =>
            mapping.Entries.ToDictionary(e => "." + e.Key.Value, e => e.Value, StringComparer.Ordinal),
        YamlSequence list => list.Items.Select((item, i) => ($"[{i}]", item)).ToDictionary(StringComparer.Ordinal),
        null => [],
        _ => new Dictionary<string, YamlNode>(StringComparer.Ordinal) { [""] = node },
    };

    private static string? Shown(string key, YamlNode? node) =>
        Text(node) is { } text ? SecretPlaces.ShownOf(key, text) ?? text : null;

    private static string? Text(YamlNode? node) =>
        node is YamlScalar scalar ? scalar.IsNull ? "null" : scalar.Value : null;
}
