using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Logs;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Invoking;

/// <summary>Invokes functions for routes, the Lambda API and schedules.</summary>
internal sealed class Dispatcher(LiveConfiguration configuration, InvocationLog log, TimeProvider time)
{
    /// <summary>
    /// Passes the event to the newest revision of the function and waits for the answer. An error of the function is a
    /// result, not an exception.
    /// </summary>
    public async Task<InvocationResult> InvokeAsync(FunctionEntry function, Invocation invocation)
    {
        using var span = InvocationSpan.Start(function.Name, invocation);
        var entry = Submit(function, invocation);
        var result = await invocation.Completion;
        var duration = time.Steady() - (invocation.Started?.Steady ?? invocation.Submitted);
        invocation.Duration = duration;
        entry.Statistics.Record(duration, invocation.ColdStart, result);
        log.Ended(entry, invocation, duration, result);
        if (span is not null)
            InvocationSpan.End(span, invocation, result);
        return result;
    }

    /// <summary>Passes events that a drained pool has not started to the next revision.</summary>
    public void Resubmit(string functionName, IReadOnlyList<Invocation> invocations)
    {
        foreach (var invocation in invocations)
        {
            if (configuration.Current.Functions.TryGetValue(functionName, out var entry))
                Submit(entry, invocation);
            else
                invocation.TryComplete(InvocationResult.Error(
                    InvocationOutcome.Refused, "ResourceNotFoundException", $"function '{functionName}' was removed"));
        }
    }

    // The pool in the request's snapshot may have been replaced; the newest snapshot contains its successor.
    private FunctionEntry Submit(FunctionEntry function, Invocation invocation)
    {
        while (!function.Pool.TrySubmit(invocation))
        {
            if (!configuration.Current.Functions.TryGetValue(function.Name, out var successor)
                || successor.Pool == function.Pool)
            {
                invocation.TryComplete(InvocationResult.Error(
                    InvocationOutcome.Refused, "ResourceNotFoundException", $"function '{function.Name}' was removed"));
                return function;
            }

            function = successor;
        }

        return function;
    }
}
