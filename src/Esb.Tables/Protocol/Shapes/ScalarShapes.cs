using System.Text.Json;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>A whole number; a fraction is rounded down.</summary>
/// <param name="javaName">The name of the type in messages: <c>Integer</c> or <c>Long</c>.</param>
internal sealed class WholeShape(string javaName) : Shape
{
    public long Least { get; init; } = long.MinValue;

    public long Most { get; init; } = long.MaxValue;

    public override void CheckType(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            throw NotScalar(value, $"java.lang.{javaName}");
        if (value.ValueKind is not JsonValueKind.Number)
            throw WrongType($"{Token(value)} cannot be converted to {javaName}");
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
    public override void CheckType(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            throw NotScalar(value, "java.lang.Boolean");
        if (value.ValueKind is JsonValueKind.Number)
            throw WrongType($"{Token(value)} cannot be converted to Boolean");
        if (value.ValueKind is JsonValueKind.String && Word(value) is null)
            throw WrongType("Unexpected token received from parser");
    }

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
    }

    public static bool Read(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? Word(value) is true : value.GetBoolean();

    private static bool? Word(JsonElement value) => value.GetString()!.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" => true,
        "FALSE" or "0" or "NO" => false,
        _ => null,
    };
}

/// <summary>Bytes in base64.</summary>
internal sealed class BlobShape : Shape
{
    public override void CheckType(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
            throw NotScalar(value, "java.nio.ByteBuffer");
        if (value.ValueKind is not JsonValueKind.String)
            throw WrongType("only base-64-encoded strings are convertible to bytes");
        var length = value.GetString()!.Length;
        if (length % 4 != 0)
            throw WrongType($"Base64 encoded length is expected a multiple of 4 bytes but found: {length}");
        if (!value.TryGetBytesFromBase64(out _))
            throw WrongType("Invalid last non-pad Base64 character dectected");
    }

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
    }
}
