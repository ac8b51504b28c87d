using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>
/// One node of a document: immutable, ordered, and it knows where it stands. The three files and SAM templates are the same
/// tree, so every message can name line and column and every merge keeps what it does not understand.
/// </summary>
public abstract class YamlNode
{
    private protected YamlNode(Place place, string? tag)
    {
        Place = place;
        Tag = tag;
    }

    /// <summary>Where the node starts.</summary>
    public Place Place { get; }

    /// <summary>An explicit tag as written, e.g. <c>!Sub</c>; null when there is none.</summary>
    public string? Tag { get; }

    /// <summary>A node stands for its place where a message needs one.</summary>
    public static implicit operator Place(YamlNode? node) => node?.Place ?? default;

    /// <summary>What a message calls this kind of node: "a mapping", "a list", "text".</summary>
    public abstract string Kind { get; }

    /// <summary>Whether both say the same, wherever they stand. The order of a mapping's keys counts.</summary>
    public abstract bool ContentEquals(YamlNode? other);
}
