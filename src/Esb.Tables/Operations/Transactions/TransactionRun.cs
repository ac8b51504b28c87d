using Esb.Tables.Errors;

namespace Esb.Tables.Operations.Transactions;

/// <summary>Runs the actions of a transaction.</summary>
internal static class TransactionRun
{
    /// <summary>
    /// Runs all actions, even after one has failed, so that every reason is known. The caller undoes what was written.
    /// </summary>
    /// <exception cref="TransactionCanceledException">An action failed.</exception>
    public static IReadOnlyList<TResult> All<TAction, TResult>(
        IReadOnlyList<TAction> actions, Func<TAction, TResult> run)
    {
        var results = new List<TResult>(actions.Count);
        var reasons = new List<CancellationReason>(actions.Count);
        foreach (var action in actions)
        {
            try
            {
                results.Add(run(action));
                reasons.Add(CancellationReason.None);
            }
            catch (TableException e) when (CancellationReason.Of(e) is { } reason)
            {
                reasons.Add(reason);
            }
        }

        return results.Count == actions.Count ? results : throw new TransactionCanceledException(reasons);
    }
}
