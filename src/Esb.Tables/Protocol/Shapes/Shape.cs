using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>
/// What the protocol says about one member of a request: its type, and the constraints on its value. The texts of
/// errors are AWS's, which SDKs and tests of users compare.
/// </summary>
internal abstract class Shape
{
    /// <summary>Whether the member must be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>
    /// Checks the type of a value and of all that is in it.
    /// </summary>
    /// <param name="value">A value that is not null.</param>
    /// <exception cref="TableException">A SerializationException: the value is of another type.</exception>
    public abstract void CheckType(JsonElement value);

    /// <summary>Adds the constraints that a value of the right type does not satisfy.</summary>
    /// <param name="value">A value that is not null.</param>
    /// <param name="path">Where it stands, as AWS writes it, e.g. <c>keySchema.1.member.keyType</c>.</param>
    /// <param name="violations">Where they are added.</param>
    public abstract void CheckConstraints(JsonElement value, string path, Violations violations);

    /// <summary>Whether a member is left out: absent and null are the same.</summary>
    public static bool IsAbsent(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    protected static TableException WrongType(string message) => new("SerializationException", message);

    /// <summary>The error for a list or an object in place of a scalar.</summary>
    protected static TableException NotScalar(JsonElement value, string javaClass) =>
        WrongType(value.ValueKind is JsonValueKind.Array
            ? $"Unrecognized collection type class {javaClass}"
            : "Start of structure or map found where not expected");

    /// <summary>How AWS calls a token of JSON.</summary>
    protected static string Token(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "TRUE_VALUE",
        JsonValueKind.False => "FALSE_VALUE",
        JsonValueKind.Number when value.TryGetInt64(out _) => "NUMBER_VALUE",
        JsonValueKind.Number => "DECIMAL_VALUE",
        _ => "STRING_VALUE",
    };
}
