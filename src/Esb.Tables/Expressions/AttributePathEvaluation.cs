using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>Evaluates paths in items.</summary>
public static class AttributePathEvaluation
{
    /// <summary>The value at a path, or null if the item has none there.</summary>
    public static AttributeValue? In(this AttributePath path, MapValue item)
    {
        var value = item.Members.GetValueOrDefault(path.Root);
        for (var at = 0; at < path.Steps.Count && value is not null; at++)
            value = Follow(value, path.Steps[at]);
        return value;
    }

    private static AttributeValue? Follow(AttributeValue value, PathStep step) => (value, step) switch
    {
        (MapValue map, MemberStep member) => map.Members.GetValueOrDefault(member.Name),
        (ListValue list, ElementStep element) when element.Index < list.Elements.Count => list.Elements[element.Index],
        _ => null,
    };
}
