using System.Collections.Concurrent;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Invoking;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// How events end. The end goes to the disk together with the events that follow from it. While the disk does not take them, memory keeps how it
/// ended, and only the writing is tried again: the function has had its event.
/// </summary>
internal sealed partial class AsynchronousInvocations
{
    // What functions answered stands in the records that destinations get. When so much waits for the disk, nothing more is run.
    private const long MostKept = 64L * 1024 * 1024;

    private static readonly TimeSpan UntilNextWrite = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Ending> _endings = new(StringComparer.Ordinal);
    private long _kept;

    private bool AreTooManyEndingsKept => Interlocked.Read(ref _kept) >= MostKept;

    private Task FinishAsync(PendingEvent pending, AsynchronousEvent e, Verdict verdict, InvocationResult? result)
    {
        var attempts = pending.Attempts + (result is { Outcome: not (InvocationOutcome.Refused or InvocationOutcome.PlatformLost) } ? 1 : 0);
        if (verdict != Verdict.Succeeded)
        {
            Interlocked.Increment(ref _givenUp);
            LogGivenUp(_logger, pending.Id, pending.Function, verdict, attempts, result?.ErrorMessage(InvocationResult.ShortText) ?? "");
        }

        return EndAsync(pending, e, new Ending(verdict, attempts, result, _time.GetUtcNow()));
    }

    private async Task EndAsync(PendingEvent pending, AsynchronousEvent e, Ending ending)
    {
        var settings = SettingsOf(pending);
        var origin = (_store.ArnOf(pending.Function), ending.At);
        var followers = DestinationEvents.Of(e, ending.Verdict, ending.Attempts, ending.Result, settings, origin)
            .Where(f => !_done.ContainsKey(f.Id) && !_pending.ContainsKey(f.Id))
            .Select(f => (Pending: new PendingEvent(f.Id, f.Function, f.AcceptedAt, f.Hops), Event: f))
            .ToList();
        try
        {
            await _store.Journal.WriteAsync(JournalWrite.Finish(pending, followers));
        }
        catch (IOException reason) when (followers.Count == 0)
        {
            // It is over for this process; the next one may run it once more.
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

    // A function may leave while its events run or wait; whoever was to be told of them is told all the same.
    private AsynchronousSettings SettingsOf(PendingEvent pending)
    {
        var functions = _configuration.Current.Functions;
        if (functions.GetValueOrDefault(pending.Function) is { } function)
        {
            (pending.Settings, pending.Application) = (function.Asynchronous, function.Application);
            return function.Asynchronous;
        }

        return pending.Settings?.OnlyMeant(pending.Application, name => functions.GetValueOrDefault(name)?.Application) ?? AsynchronousSettings.None;
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
    /// <param name="Verdict">What was decided.</param>
    /// <param name="Attempts">How often the function had it.</param>
    /// <param name="Result">Its last answer; null when it never had it.</param>
    /// <param name="At">When.</param>
    private sealed record Ending(Verdict Verdict, int Attempts, InvocationResult? Result, DateTimeOffset At)
    {
        private const int Overhead = 512;

        public long Bytes => Overhead + (Result?.Payload.Length ?? 0);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Asynchronous invocation {RequestId} of {Function} is over, and the disk does not take that: {Reason}; after a restart it may run once more")]
    private static partial void LogEndNotKept(ILogger logger, string function, string requestId, string reason);
}
