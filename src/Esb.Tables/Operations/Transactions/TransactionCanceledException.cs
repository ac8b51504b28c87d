using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Operations.Transactions;

/// <summary>A transaction was canceled, and nothing was written.</summary>
/// <param name="reasons">The reasons, one for each action, in the order of the request.</param>
internal sealed class TransactionCanceledException(IReadOnlyList<CancellationReason> reasons) : TableException(
    "TransactionCanceledException",
    "Transaction cancelled, please refer cancellation reasons for specific reasons "
    + $"[{string.Join(", ", reasons.Select(reason => reason.Code))}]")
{
    public override void WriteMore(Utf8JsonWriter json)
    {
        json.WriteStartArray("CancellationReasons");
        foreach (var reason in reasons)
            reason.Write(json);
        json.WriteEndArray();
    }
}
