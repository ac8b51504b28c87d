using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Reports;

/// <summary>One value of a replaced entry that is not what it was.</summary>
/// <param name="Path">Where it stands, e.g. <c>environment.TABLE</c> or <c>events[0].schedule.rate</c>.</param>
/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is gone.</param>
internal sealed record Difference(string Path, string? Before, string? After)
{
    private const string Environment = "environment";
    private const int LongFolder = 12;

    /// <summary>The kind of entry that it stands in.</summary>
    private string Section { get; init; } = "";

    /// <summary>What the templates keep secret is in one of the two.</summary>
    private bool IsConcealed { get; init; }

    /// <summary>The values of environment variables and API keys are not shown: they may be passwords. Nor is what a template keeps secret.</summary>
    public bool IsSecret => IsConcealed || (Section == "API key" && Path == "value") || Path == Environment || Path.StartsWith(Environment + ".", StringComparison.Ordinal);

    /// <summary>What is different inside a replaced entry; nothing for one that was added or stays.</summary>
    /// <param name="change">What the merge did.</param>
    /// <param name="concealed">What the templates keep secret.</param>
    public static IReadOnlyList<Difference> Of(Change change, ConcealedTexts? concealed = null)
    {
        List<Difference> differences = [];
        if (change.Kind == ChangeKind.Replaced)
            Compare("", change.Before, change.After, differences);
        return [.. differences.Select(d => d with { Section = change.Section, IsConcealed = concealed is not null && (Holds(d.Before, concealed) || Holds(d.After, concealed)) })];
    }

    /// <summary>Of a default that stays although a template says something else.</summary>
    public static string NotTaken(Change change)
    {
        var value = new Difference(change.Key, Text(change.Before), Text(change.NotTaken));
        return value.IsSecret || value.Before is null || value.After is null ? "stays as it is; the template says something else" : $"stays {value.Before}; the template says {value.After}";
    }

    public override string ToString() => (Before, After) switch
    {
        _ when IsSecret => $"{Path} {(Before is null ? "added" : After is null ? "removed" : "changed")}",
        (null, _) => $"{Path} {After}",
        (_, null) => $"{Path} removed",
        _ => $"{Path} {Short(Before!, After!)} → {Short(After!, Before!)}",
    };

    private static bool Holds(string? value, ConcealedTexts concealed) => value is not null && (concealed.Contains(value) || concealed.Hide(value) != value);

    // Folders that both values are in say nothing; those of staged code are long.
    private static string Short(string value, string other)
    {
        var same = value.AsSpan().CommonPrefixLength(other);
        var folder = value.AsSpan(0, same).LastIndexOf('/');
        return folder > LongFolder ? $"…{value[folder..]}" : value;
    }

    private static void Compare(string path, YamlNode? before, YamlNode? after, List<Difference> differences)
    {
        if (before is not null && before.ContentEquals(after))
            return;
        if (before is YamlMapping or YamlSequence || after is YamlMapping or YamlSequence)
        {
            foreach (var (step, old, now) in Parts(before, after))
                Compare(path.Length == 0 ? step.TrimStart('.') : path + step, old, now, differences);
        }
        else
        {
            differences.Add(new Difference(path, Text(before), Text(after)));
        }
    }

    private static IEnumerable<(string Step, YamlNode? Before, YamlNode? After)> Parts(YamlNode? before, YamlNode? after)
    {
        var old = Flat(before);
        var now = Flat(after);
        return old.Keys.Union(now.Keys, StringComparer.Ordinal).Select(k => (k, old.GetValueOrDefault(k), now.GetValueOrDefault(k)));
    }

    private static Dictionary<string, YamlNode> Flat(YamlNode? node) => node switch
    {
        YamlMapping mapping => mapping.Entries.ToDictionary(e => "." + e.Key.Value, e => e.Value, StringComparer.Ordinal),
        YamlSequence list => list.Items.Select((item, i) => ($"[{i}]", item)).ToDictionary(StringComparer.Ordinal),
        null => [],
        _ => new Dictionary<string, YamlNode>(StringComparer.Ordinal) { [""] = node },
    };

    private static string? Text(YamlNode? node) => node is YamlScalar scalar ? scalar.IsNull ? "null" : scalar.Value : null;
}
