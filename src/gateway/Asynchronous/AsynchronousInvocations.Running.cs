using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;
using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>How events run: one attempt, and the decision that follows from its result.</summary>
internal sealed partial class AsynchronousInvocations
{
    private async Task RunAsync(PendingEvent pending)
    {
        // The event must not run on the thread that accepted it or that ended another event.
        await Task.Yield();
        try
        {
            await TryAsync(pending);
        }
        catch (DamagedEventException e)
        {
            Interlocked.Increment(ref _damaged);
            LogLost(_logger, pending.Id, pending.Function, e.Message);
            Drop(pending);
        }
        catch (IOException e)
        {
            LogUnreadable(_logger, pending.Function, pending.Id, e.Message);
            Later(pending, WriteRetryPause);
        }
        finally
        {
            _queue.Ended(pending.Function);
        }
    }

    private async Task TryAsync(PendingEvent pending)
    {
        var function = _configuration.Current.Functions.GetValueOrDefault(pending.Function);
        var settings = SettingsOf(pending);
        if (_endings.TryGetValue(pending.Id, out var ending))
        {
            await EndAsync(pending, Journal.Read(pending), ending);
            return;
        }

        if (AreTooManyEndingsKept)
        {
            Later(pending, WriteRetryPause);
            return;
        }

        var e = Journal.Read(pending);
        if (RetryDecision.IsTooOld(pending, settings, _time.Steady()))
        {
            await FinishAsync(pending, e, Verdict.EventAgeExceeded, null);
            return;
        }

        // A function that does not exist yet, or no longer exists, gets its events once it exists, unless they are too
        // old by then.
        var result = function is null
            ? InvocationResult.Error(
                InvocationOutcome.Refused, "ResourceNotFoundException", $"there is no function '{pending.Function}'")
            : await _dispatcher.InvokeAsync(function, new Invocation(e.Id, e.Payload, _time.Steady())
            {
                TraceId = e.TraceId,
                ClientContext = e.ClientContext,
                Qualifier = e.Qualifier,
            });
        var decision = RetryDecision.After(pending, result.Outcome, settings, _time.Steady());
        if (_stopping && decision.Verdict != Verdict.Succeeded)
            return;
        switch (decision.Verdict)
        {
            case Verdict.Retry:
                pending.Attempts++;
                pending.Throttles = 0;
                pending.Wait(_time.Now(), decision.Pause);
                _ = _store.Journal.WriteAsync(JournalWrite.Attempt(pending));
                _queue.Add(pending);
                break;
            case Verdict.Postpone:
                pending.Throttles++;
                Later(pending, decision.Pause);
                break;
            default:
                await FinishAsync(pending, e, decision.Verdict, result);
                break;
        }
    }

    // Ends an event that cannot be read. If the end cannot be written, the next process finds the same damage.
    private void Drop(PendingEvent pending)
    {
        try
        {
            _ = _store.Journal.WriteAsync(JournalWrite.Finish(pending, []));
        }
        catch (IOException)
        {
            // The gateway is stopping.
        }

        Forget(pending, pending.Place!.Length);
    }

    private void Later(PendingEvent pending, TimeSpan pause)
    {
        pending.Wait(_time.Now(), pause);
        _queue.Add(pending);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Asynchronous invocation {RequestId} of {Function} was accepted and is lost: {Reason}")]
    private static partial void LogLost(ILogger logger, string requestId, string function, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Asynchronous invocation {RequestId} of {Function} cannot be read, or its end cannot be written: "
            + "{Reason}; trying again")]
    private static partial void LogUnreadable(ILogger logger, string function, string requestId, string reason);
}
