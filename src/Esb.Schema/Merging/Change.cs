using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>How a key changed.</summary>
public enum ChangeKind
{
    /// <summary>The key did not exist before.</summary>
    Added,

    /// <summary>The key existed with another value.</summary>
    Replaced,

    /// <summary>The key existed with the same value.</summary>
    Unchanged,

    /// <summary>The key existed and is now gone; a merge never removes anything.</summary>
    Removed,
}

/// <summary>One line of a deploy's summary.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Section">
/// <c>function</c>, <c>default</c>, <c>route</c>, <c>table</c>, <c>bucket</c>, <c>layer</c>, or the name of an unknown
/// key.
/// </param>
/// <param name="Key">
/// The name; for a route, <c>METHOD /path</c> of the later state; for a default, its dotted path.
/// </param>
/// <param name="Before">The value before; null when added.</param>
/// <param name="After">The value now; null when removed.</param>
public sealed record Change(ChangeKind Kind, string Section, string Key, YamlNode? Before, YamlNode? After)
{
    /// <summary>The incoming value of a default that keeps its existing value; null when both are the same.</summary>
    public YamlNode? NotTaken { get; init; }
}

/// <summary>The result of a merge.</summary>
/// <param name="Merged">The document to write.</param>
/// <param name="Changes">One entry for each key of the incoming document.</param>
public sealed record MergeResult(YamlMapping Merged, IReadOnlyList<Change> Changes)
{
    /// <summary>False when the document is unchanged, so that nothing has to be written.</summary>
    public bool HasChanges => Changes.Any(c => c.Kind != ChangeKind.Unchanged);

    // An empty list where there was none is not a change: the document stays the same, byte for byte.
    internal static MergeResult Of(YamlMapping existing, YamlMapping merged, IReadOnlyList<Change> changes)
    {
        var result = new MergeResult(merged, changes);
        return result.HasChanges ? result : result with { Merged = existing };
    }
}
