using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>An object whose members have their own shapes. Like AWS, it ignores unknown members.</summary>
/// <param name="javaName">The name of the class in messages, without its package.</param>
/// <param name="members">The members by name.</param>
internal sealed class StructureShape(string javaName, params (string Name, Shape Shape)[] members) : Shape
{
    /// <summary>Whether the structure is an element of a list or map, for which AWS has another message.</summary>
    public bool IsElement { get; init; }

    public override void CheckType(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            throw SerializationErrors.NotAStructure(
                value, isField: !IsElement, $"com.amazonaws.dynamodb.v20120810.{javaName}");
        }

        foreach (var (name, shape) in members)
        {
            if (value.TryGetProperty(name, out var member) && !IsAbsent(member))
                shape.CheckType(member);
        }
    }

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
        foreach (var (name, shape) in members)
        {
            var memberPath = path.Length == 0 ? LowerFirst(name) : $"{path}.{LowerFirst(name)}";
            var isThere = value.TryGetProperty(name, out var member) && !IsAbsent(member);
            if (isThere)
                shape.CheckConstraints(member, memberPath, violations);
            else if (shape.IsRequired)
                violations.Add(memberPath, default, "Member must not be null");
        }
    }

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
