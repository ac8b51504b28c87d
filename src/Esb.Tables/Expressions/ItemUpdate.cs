using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>Applies the actions of an update. Each action sees the item as it was before the update.</summary>
internal static class ItemUpdate
{
    private const int MostLevels = 32;

    private sealed record Pending(UpdateAction Action, AttributeValue? Operand)
    {
        public AttributeValue? Applied(AttributeValue? existing) => Action.Changed(existing, Operand);
    }

    /// <summary>The item after all actions.</summary>
    /// <exception cref="TableException">An operand or a path does not fit the item.</exception>
    public static MapValue Apply(IReadOnlyList<UpdateAction> actions, MapValue item)
    {
        var tree = new PathTree<Pending>();
        foreach (var action in actions)
        {
            var operand = action.Operand(item);
            if (operand is not null && action.Path.Steps.Count + Levels(operand) > MostLevels)
                throw TableException.Validation(
                    "Nesting Levels have exceeded supported limits: "
                        + "Attributes in the item have nested levels beyond supported limit");
            tree.Add(action.Path, new Pending(action, operand));
        }
        return Map(item, tree);
    }

    private static AttributeValue? Changed(AttributeValue? existing, PathTree<Pending> tree) =>
        tree.Leaf is { } pending ? pending.Applied(existing)
        : existing is MapValue map && tree.Elements.Count == 0 ? Map(map, tree)
        : existing is ListValue list && tree.Members.Count == 0 ? List(list, tree)
        : throw TableException.Validation(
            "The document path provided in the update expression is invalid for update");

    private static MapValue Map(MapValue map, PathTree<Pending> tree)
    {
        var members = new Dictionary<string, AttributeValue>(map.Members);
        foreach (var (name, way) in tree.Members)
        {
            if (Changed(members.GetValueOrDefault(name), way) is { } value)
                members[name] = value;
            else
                members.Remove(name);
        }
        return new MapValue(members);
    }

    // Indexes refer to the list before the update: elements are removed only at the end, and a value that is set beyond
    // the end is appended.
    private static ListValue List(ListValue list, PathTree<Pending> tree)
    {
        List<AttributeValue?> elements = [.. list.Elements];
        foreach (var (index, way) in tree.Elements)
        {
            var isWithin = index < list.Elements.Count;
            var value = Changed(isWithin ? list.Elements[index] : null, way);
            if (isWithin)
                elements[index] = value;
            else
                elements.Add(value);
        }
        return new ListValue([.. elements.OfType<AttributeValue>()]);
    }

    private static int Levels(AttributeValue value) => value switch
    {
        MapValue map => 1 + map.Members.Values.Select(Levels).DefaultIfEmpty(0).Max(),
        ListValue list => 1 + list.Elements.Select(Levels).DefaultIfEmpty(0).Max(),
        _ => 1,
    };
}
