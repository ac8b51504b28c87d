using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>How many entries of one section changed.</summary>
/// <param name="Added">The number of new entries.</param>
/// <param name="Replaced">The number of entries with another value.</param>
/// <param name="Removed">The number of removed entries.</param>
internal sealed record ChangeCount(int Added, int Replaced, int Removed)
{
    private static readonly string[] Counted = ["function", "default", "route", "API key", "table", "bucket", "layer"];

    /// <summary>Counts by section (<see cref="Change.Section"/>); unchanged entries are not counted.</summary>
    public static IReadOnlyDictionary<string, ChangeCount> Of(IEnumerable<Change> changes) =>
        changes.Where(c => c.Kind != ChangeKind.Unchanged)
            .GroupBy(c => c.Section)
            .ToDictionary(
                g => g.Key,
                g => new ChangeCount(
                    g.Count(c => c.Kind == ChangeKind.Added),
                    g.Count(c => c.Kind == ChangeKind.Replaced),
                    g.Count(c => c.Kind == ChangeKind.Removed)),
                StringComparer.Ordinal);

    /// <summary>
    /// A text such as <c>functions +1 ~2, routes -1</c>, or <c>comments or order</c> when only text changed.
    /// </summary>
    public static string Text(IReadOnlyDictionary<string, ChangeCount> changes) =>
        changes.Count == 0 ? "comments or order" : string.Join(", ", changes.Select(c => $"{Label(c.Key)}{c.Value}"));

    public override string ToString() => Part('+', Added) + Part('~', Replaced) + Part('-', Removed);

    private static string Part(char mark, int count) => count == 0 ? "" : $" {mark}{count}";

    private static string Label(string section) => Counted.Contains(section) ? section + "s" : section;
}
