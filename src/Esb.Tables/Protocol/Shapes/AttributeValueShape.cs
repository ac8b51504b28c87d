using System.Text.Json;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>
/// The value of an attribute, nested to any depth. Only its JSON types are checked; its content is checked when it is
/// read.
/// </summary>
internal sealed class AttributeValueShape : Shape
{
    private static readonly TextShape Text = new();
    private static readonly BlobShape Blob = new();
    private static readonly FlagShape Flag = new();
    private static readonly ListShape Texts = new(Text);
    private static readonly ListShape Blobs = new(Blob);

    /// <summary>Whether the value is a member of a structure, for which AWS has another message.</summary>
    public bool IsMember { get; init; }

    public override void CheckType(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array)
            throw WrongType("Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue");
        if (value.ValueKind is not JsonValueKind.Object)
            throw WrongType(IsMember ? "Unexpected field type" : "Unexpected value type in payload");
        foreach (var member in value.EnumerateObject().Where(member => !IsAbsent(member.Value)))
            ShapeOf(member.Name)?.CheckType(member.Value);
    }

    public override void CheckConstraints(JsonElement value, string path, Violations violations)
    {
    }

    private static Shape? ShapeOf(string type) => type switch
    {
        "S" or "N" => Text,
        "B" => Blob,
        "BOOL" or "NULL" => Flag,
        "SS" or "NS" => Texts,
        "BS" => Blobs,
        "L" => Values.List,
        "M" => Values.Map,
        _ => null,
    };

    /// <summary>The shapes of nested values. They refer to the outer class, so they are created after it.</summary>
    private static class Values
    {
        public static readonly ListShape List = new(new AttributeValueShape());
        public static readonly MapShape Map = new(new AttributeValueShape(), "AttributeValue");
    }
}
