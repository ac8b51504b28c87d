using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>A whole number; a fraction is rounded down.</summary>
/// <param name="javaName">The name of the type in messages: <c>Integer</c> or <c>Long</c>.</param>
internal sealed class WholeShape(string javaName) : Shape
{
    public long Least { get; init; } = long.MinValue;

    public long Most { get; init; } = long.MaxValue;

    public override void CheckType(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Number)
            throw SerializationErrors.NotA(javaName, value);
    }

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
        var number = Read(value);
        if (number < Least)
            violations.Add(path, value, $"Member must have value greater than or equal to {Least}");
        if (number > Most)
            violations.Add(path, value, $"Member must have value less than or equal to {Most}");
    }

    /// <summary>Reads the number, limited to the range of a long.</summary>
    public static long Read(JsonElement value) => value.TryGetInt64(out var whole)
        ? whole
        : (long)Math.Clamp(Math.Floor(value.GetDouble()), long.MinValue, long.MaxValue);
}

/// <summary>A boolean. Like AWS, the shape also accepts a few strings.</summary>
internal sealed class FlagShape : Shape
{
    public override void CheckType(JsonElement value) => WireText.Boolean(value);

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
    }
}
