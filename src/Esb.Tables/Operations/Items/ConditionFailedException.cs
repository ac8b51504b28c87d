using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>The condition of a write is false.</summary>
/// <param name="item">The item, if the client asked for it and it exists.</param>
public sealed class ConditionFailedException(MapValue? item)
    : TableException("ConditionalCheckFailedException", Text)
{
    /// <summary>AWS's message.</summary>
    public const string Text = "The conditional request failed";

    /// <summary>The item, if the client asked for it and it exists.</summary>
    public MapValue? Item => item;

    /// <inheritdoc />
    public override void WriteMore(Utf8JsonWriter json)
    {
        if (item is null)
            return;
        json.WritePropertyName("Item");
        ValueWriter.WriteItem(json, item);
    }
}
