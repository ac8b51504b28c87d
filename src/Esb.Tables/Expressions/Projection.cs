using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The parts of an item that a request asks for.</summary>
/// <param name="paths">The paths of the parts.</param>
public class Projection(IReadOnlyList<AttributePath> paths)
{
    private readonly PathTree<AttributePath> tree = TreeOf(paths);

    /// <summary>The paths of the parts.</summary>
    public IReadOnlyList<AttributePath> Paths => paths;

    /// <summary>
    /// The requested parts that the item has. A list contains only the requested elements, in their original order.
    /// </summary>
    public virtual MapValue Apply(MapValue item) => Map(item, tree) ?? MapValue.Empty;

    /// <summary>Reads the legacy parameter AttributesToGet.</summary>
    /// <exception cref="TableException">A name occurs twice.</exception>
    public static Projection OfAttributes(IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>();
        foreach (var name in names)
        {
            if (!seen.Add(name))
                throw TableException.Validation(
                    $"One or more parameter values were invalid: Duplicate value in attribute name: {name}");
        }
        return new Projection([.. names.Select(name => new AttributePath(name))]);
    }

    private static PathTree<AttributePath> TreeOf(IReadOnlyList<AttributePath> paths)
    {
        var tree = new PathTree<AttributePath>();
        foreach (var path in paths)
            tree.Add(path, path);
        return tree;
    }

    private static AttributeValue? Part(AttributeValue value, PathTree<AttributePath> wanted) =>
        wanted.Leaf is not null ? value
        : value is MapValue map ? Map(map, wanted)
        : value is ListValue list ? List(list, wanted)
        : null;

    private static MapValue? Map(MapValue map, PathTree<AttributePath> wanted)
    {
        var members = new Dictionary<string, AttributeValue>();
        foreach (var (name, way) in wanted.Members)
        {
            if (map.Members.TryGetValue(name, out var member) && Part(member, way) is { } part)
                members[name] = part;
        }
        return members.Count > 0 ? new MapValue(members) : null;
    }

    private static ListValue? List(ListValue list, PathTree<AttributePath> wanted)
    {
        AttributeValue[] elements =
        [
            .. wanted.Elements.Where(way => way.Key < list.Elements.Count)
                .Select(way => Part(list.Elements[way.Key], way.Value))
                .OfType<AttributeValue>(),
        ];
        return elements.Length > 0 ? new ListValue(elements) : null;
    }
}
