using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Items;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Transactions;

/// <summary>Why one action of a transaction failed.</summary>
/// <param name="Code">AWS's code; <c>None</c> if the action did not fail.</param>
/// <param name="Message">AWS's message.</param>
/// <param name="Item">The item, if the request asks for it.</param>
internal sealed record CancellationReason(string Code, string? Message, MapValue? Item)
{
    public static CancellationReason None { get; } = new("None", null, null);

    /// <summary>The reason for an error, or null if the error fails the request as a whole.</summary>
    public static CancellationReason? Of(TableException error) => error switch
    {
        ConditionFailedException failed => new("ConditionalCheckFailed", failed.Message, failed.Item),
        { ErrorType: "ValidationException" } => new("ValidationError", error.Message, null),
        { ErrorType: "DuplicateItemException" } => new("DuplicateItem", error.Message, null),
        _ => null,
    };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Code", Code);
        if (Message is not null)
            json.WriteString("Message", Message);
        if (Item is not null)
        {
            json.WritePropertyName("Item");
            ValueWriter.WriteItem(json, Item);
        }

        json.WriteEndObject();
    }
}
