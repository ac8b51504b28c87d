using System.Text.Json;
using Esb.Tables.Values;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>
/// The value of an attribute, nested to any depth. Only its JSON types are checked; its content is checked when it is
/// read.
/// </summary>
internal sealed class AttributeValueShape : Shape
{
    /// <summary>Whether the value is a member of a structure, for which AWS has another message.</summary>
    public bool IsMember { get; init; }

    public override void CheckType(JsonElement value) => ValueShape.RequireValue(value, IsMember);

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
    }
}
