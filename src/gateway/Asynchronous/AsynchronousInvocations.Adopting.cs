using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>Takes over the events of earlier gateways that ended after this one had opened its own journal.</summary>
internal sealed partial class AsynchronousInvocations
{
    private static readonly TimeSpan AdoptionInterval = TimeSpan.FromSeconds(1);

    /// <summary>Looks for journals of ended gateways until cancelled, and continues with their events.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AdoptionInterval, _time);
        do
        {
            try
            {
                foreach (var folder in _store.Journals.TakeAbandoned())
                {
                    using (folder)
                        await AdoptAsync(folder);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // An event that was already taken over is recognised by its id next time.
                LogNotAdopted(_logger, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    // Removes from the other journal only events that are safely in this one. Segments are deleted oldest first,
    // because the end of an event has no effect without its beginning.
    private async Task AdoptAsync(JournalFolder folder)
    {
        var segments = folder.Segments();
        var recovery = new JournalRecovery(_logger);
        recovery.Read(segments);
        Interlocked.Add(ref _damaged, recovery.Damage.Records);
        foreach (var id in recovery.Done)
            Remember(id);
        var left = recovery.Pending.ToList();
        foreach (var pending in left)
            await AdoptAsync(pending);
        foreach (var segment in segments)
            folder.Delete(segment);
        if (left.Count > 0)
            LogAdopted(_logger, left.Count);
    }

    private async Task AdoptAsync(PendingEvent left)
    {
        var e = Journal.Read(left);
        var pending = new PendingEvent(e.Id, e.Function, e.AcceptedAt, e.Hops)
        {
            Attempts = left.Attempts,
            NotBefore = left.NotBefore,
            Times = left.Times.Continued(_store.Boot, _time.Steady(), RetryDecision.MaxPause),
        };
        if (_done.ContainsKey(e.Id) || !_pending.TryAdd(e.Id, pending))
            return;
        Interlocked.Add(ref _bytes, e.Payload.Length);
        try
        {
            await _store.Journal.WriteAsync(JournalWrite.Adopt(pending, e));
        }
        catch (IOException reason)
        {
            Forget(pending, e.Payload.Length);
            Refuse(pending, reason);
            throw;
        }

        Begin(pending, e);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Continuing {Count} asynchronous events of a gateway that has ended")]
    private static partial void LogAdopted(ILogger logger, int count);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The asynchronous invocations of a gateway that has ended cannot be taken over: {Reason}; "
            + "trying again")]
    private static partial void LogNotAdopted(ILogger logger, string reason);
}
