using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>What became of one key.</summary>
public enum ChangeKind
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It was there and said something else.</summary>
    Replaced,

    /// <summary>It was there and said the same.</summary>
    Unchanged,

    /// <summary>It was there and is not any more; a merge never does that.</summary>
    Removed,
}

/// <summary>One line of a deploy's summary.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Section"><c>function</c>, <c>default</c>, <c>route</c>, <c>table</c>, <c>bucket</c>, <c>layer</c>, or the name of an unknown key.</param>
/// <param name="Key">The name, or for a route <c>METHOD /path</c> as the later state has it, or for a default its path with dots.</param>
/// <param name="Before">What stood there before; null when added.</param>
/// <param name="After">What stands there now; null when removed.</param>
public sealed record Change(ChangeKind Kind, string Section, string Key, YamlNode? Before, YamlNode? After)
{
    /// <summary>What the incoming document says of a default that stays as it is; null when it says the same.</summary>
    public YamlNode? NotTaken { get; init; }
}

/// <summary>What came out of a merge.</summary>
/// <param name="Merged">The document to write.</param>
/// <param name="Changes">One entry for each key that the incoming document names.</param>
public sealed record MergeResult(YamlMapping Merged, IReadOnlyList<Change> Changes)
{
    /// <summary>False when the document is as it was, so that nothing has to be written.</summary>
    public bool HasChanges => Changes.Any(c => c.Kind != ChangeKind.Unchanged);

    // An empty list where there was none is not a change: the document stays the one that it was, to the byte.
    internal static MergeResult Of(YamlMapping existing, YamlMapping merged, IReadOnlyList<Change> changes)
    {
        var result = new MergeResult(merged, changes);
        return result.HasChanges ? result : result with { Merged = existing };
    }
}
