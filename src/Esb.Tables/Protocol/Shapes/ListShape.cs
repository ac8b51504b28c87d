using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>A list.</summary>
/// <param name="element">The shape of each element.</param>
internal sealed class ListShape(Shape element) : Shape
{
    public int Fewest { get; init; }

    public int Most { get; init; } = int.MaxValue;

    /// <summary>Whether the list is the value of a map of lists, for which AWS has another message.</summary>
    public bool IsValueOfMap { get; init; }

    public Shape Element => element;

    public override void CheckType(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array)
        {
            throw IsValueOfMap && value.ValueKind is not JsonValueKind.Object
                ? SerializationErrors.Of(MapShape.WrongParameterizedType)
                : SerializationErrors.NotAList(value);
        }
        foreach (var member in value.EnumerateArray().Where(member => !IsAbsent(member)))
            element.CheckType(member);
    }

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
        // Null elements are not counted, since they are also left out later.
        var length = value.EnumerateArray().Count(member => !IsAbsent(member));
        if (length < Fewest)
            violations.Add(path, value, $"Member must have length greater than or equal to {Fewest}");
        if (length > Most)
            violations.Add(path, value, $"Member must have length less than or equal to {Most}");
        var position = 0;
        foreach (var member in value.EnumerateArray())
        {
            position++;
            if (!IsAbsent(member))
                element.CheckConstraints(member, $"{path}.{position}.member", violations);
        }
    }
}
