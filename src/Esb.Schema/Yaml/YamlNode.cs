using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>
/// A node of a document: immutable, ordered, and with its position. The three files and SAM templates are the same kind
/// of tree, so every message can give line and column, and every merge keeps what it does not understand.
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

    /// <summary>An explicit tag as written, such as <c>!Sub</c>; null if there is none.</summary>
    public string? Tag { get; }

    /// <summary>A node converts to its position, for messages.</summary>
    public static implicit operator Place(YamlNode? node) => node?.Place ?? default;

    /// <summary>The name of this kind of node in messages: "a mapping", "a list", "text".</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// Whether both have the same content, whatever their positions. The order of a mapping's keys counts.
    /// </summary>
    public abstract bool ContentEquals(YamlNode? other);
}
