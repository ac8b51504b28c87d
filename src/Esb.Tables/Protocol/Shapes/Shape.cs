using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>
/// The rules of the protocol for one member of a request: its type, and the constraints on its value. The error
/// messages are AWS's, because SDKs and users' tests compare them.
/// </summary>
internal abstract class Shape
{
    /// <summary>Whether the member is required.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Checks the type of a value and of everything in it.</summary>
    /// <param name="value">A value that is not null.</param>
    /// <exception cref="TableException">A SerializationException: a value has the wrong type.</exception>
    public abstract void CheckType(JsonElement value);

    /// <summary>Adds the constraints that a value violates. The value has the right type.</summary>
    /// <param name="value">A value that is not null.</param>
    /// <param name="path">The path of the value in AWS's notation, such as <c>keySchema.1.member.keyType</c>.</param>
    /// <param name="violations">The list to add violations to.</param>
    public abstract void CheckConstraints(JsonElement value, string path, Violations violations);

    /// <summary>Whether a member is absent. Null counts as absent.</summary>
    public static bool IsAbsent(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    protected static TableException WrongType(string message) => new("SerializationException", message);

    /// <summary>The error for a list or an object where a scalar is expected.</summary>
    protected static TableException NotScalar(JsonElement value, string javaClass) =>
        WrongType(value.ValueKind is JsonValueKind.Array
            ? $"Unrecognized collection type class {javaClass}"
            : "Start of structure or map found where not expected");

    /// <summary>AWS's name for the kind of a JSON token.</summary>
    protected static string Token(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "TRUE_VALUE",
        JsonValueKind.False => "FALSE_VALUE",
        JsonValueKind.Number when value.TryGetInt64(out _) => "NUMBER_VALUE",
        JsonValueKind.Number => "DECIMAL_VALUE",
        _ => "STRING_VALUE",
    };
}
