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
}
