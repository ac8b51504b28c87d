using System.Collections.Concurrent;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Invoking;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// How events end. The end of an event and the events that follow from it are written in one step. While the disk does
/// not accept the write, the outcome is kept in memory and only the write is retried, because the function has already
/// received the event.
/// </summary>
internal sealed partial class AsynchronousInvocations
{
    // The records for destinations contain the functions' answers. When this many bytes wait for the disk, no more
    // events are run.
    private const long MaxKept = 64L * 1024 * 1024;

    private static readonly TimeSpan WriteRetryPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Ending> _endings = new(StringComparer.Ordinal);
    private long _kept;

    private bool AreTooManyEndingsKept => Interlocked.Read(ref _kept) >= MaxKept;

    private Task FinishAsync(PendingEvent pending, AsynchronousEvent e, Verdict verdict, InvocationResult? result)
    {
        var attempts = pending.Attempts
            + (result is { Outcome: not (InvocationOutcome.Refused or InvocationOutcome.PlatformLost) } ? 1 : 0);
        if (verdict != Verdict.Succeeded)
        {
            Interlocked.Increment(ref _givenUp);
            var reason = result?.ErrorMessage(InvocationResult.ShortText) ?? "";
            LogGivenUp(_logger, pending.Id, pending.Function, verdict, attempts, reason);
        }

        return EndAsync(pending, e, new Ending(verdict, attempts, result, _time.GetUtcNow()));
    }

    private async Task EndAsync(PendingEvent pending, AsynchronousEvent e, Ending ending)
    {
        var settings = SettingsOf(pending);
        var origin = (_store.ArnOf(pending.Function), ending.At);
        var followers = DestinationEvents.Of(e, ending.Verdict, ending.Attempts, ending.Result, settings, origin)
            .Where(f => !_done.ContainsKey(f.Id) && !_pending.ContainsKey(f.Id))
            .Select(f => (Pending: NewEvent(f), Event: f))
            .ToList();
        try
        {
            await _store.Journal.WriteAsync(JournalWrite.Finish(pending, followers));
        }
        catch (IOException reason) when (followers.Count == 0)
        {
            // The event is over for this process; the next process may run it once more.
            LogEndNotKept(_logger, pending.Function, pending.Id, reason.Message);
        }
        catch (IOException)
        {
            Keep(pending.Id, ending);
            throw;
        }

        Remember(pending.Id);
        Forget(pending, pending.Place!.Length);
        foreach (var (follower, _) in followers)
        {
            _pending[follower.Id] = follower;
            follower.Durable.SetResult();
            Interlocked.Add(ref _bytes, follower.Place!.Length);
            Enqueue(follower);
        }
    }

    // A function may be removed while its events run or wait; its destinations still get their records.
    private AsynchronousSettings SettingsOf(PendingEvent pending)
    {
        var functions = _configuration.Current.Functions;
        if (functions.GetValueOrDefault(pending.Function) is { } function)
        {
            (pending.Settings, pending.Application) = (function.Asynchronous, function.Application);
            return function.Asynchronous;
        }

        return pending.Settings?.OnlyMeant(pending.Application, name => functions.GetValueOrDefault(name)?.Application)
            ?? AsynchronousSettings.None;
    }

    private void Keep(string id, Ending ending)
    {
        if (_endings.TryAdd(id, ending))
            Interlocked.Add(ref _kept, ending.Bytes);
    }

    private void DropEnding(string id)
    {
        if (_endings.TryRemove(id, out var ending))
            Interlocked.Add(ref _kept, -ending.Bytes);
    }

    /// <summary>How an event ended.</summary>
    /// <param name="Verdict">The decision.</param>
    /// <param name="Attempts">How many times the function has received the event.</param>
    /// <param name="Result">The function's last answer; null when it never received the event.</param>
    /// <param name="At">When the event ended.</param>
    private sealed record Ending(Verdict Verdict, int Attempts, InvocationResult? Result, DateTimeOffset At)
    {
        private const int Overhead = 512;

        public long Bytes => Overhead + (Result?.Payload.Length ?? 0);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Asynchronous invocation {RequestId} of {Function} has ended, "
        + "but that cannot be written: {Reason}; after a restart it may run once more")]
    private static partial void LogEndNotKept(ILogger logger, string function, string requestId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Asynchronous invocation {RequestId} of {Function} is given up "
        + "({Verdict}) after {Attempts} attempts: {Reason}")]
    private static partial void LogGivenUp(
        ILogger logger,
        string requestId,
        string function,
        Verdict verdict,
        int attempts,
        string reason);
}
