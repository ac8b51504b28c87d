using System.Collections.Concurrent;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Invoking;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous;

/// <summary>
/// Asynchronous invocations (<c>Event</c>, schedules, destinations). An accepted event is on the disk and runs at least
/// once, even if the gateway ends or crashes.
/// </summary>
internal sealed partial class AsynchronousInvocations : IDisposable
{
    private const int MaxPending = 200_000;
    private const int RememberedIds = 20_000;

    private readonly LiveConfiguration _configuration;
    private readonly Dispatcher _dispatcher;
    private readonly AsynchronousStore _store;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly EventQueue _queue;
    private readonly ConcurrentDictionary<string, PendingEvent> _pending = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _doneOrder = new();
    private long _bytes;
    private volatile bool _stopping;

    public AsynchronousInvocations(
        LiveConfiguration configuration,
        Dispatcher dispatcher,
        AsynchronousStore store,
        ILogger<AsynchronousInvocations> logger,
        TimeProvider time)
    {
        _configuration = configuration;
        _dispatcher = dispatcher;
        _store = store;
        _logger = logger;
        _time = time;
        _queue = new EventQueue(CapacityOf, pending => _ = RunAsync(pending), time);
    }

    /// <summary>How many accepted events have not ended yet.</summary>
    public int Pending => _pending.Count;

    /// <summary>How many bytes on the disk the accepted events use that have not ended yet.</summary>
    public long PendingBytes => Interlocked.Read(ref _bytes);

    /// <summary>How many events are running.</summary>
    public int Running => _queue.Running;

    /// <summary>How many events have been given up since the start.</summary>
    public long GivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>
    /// The minimum number of journal records found damaged since the start; accepted events among them are lost.
    /// </summary>
    public long DamagedRecords => _store.Journal.Damage.Records + Interlocked.Read(ref _damaged);

    private long _givenUp;
    private long _damaged;

    /// <summary>
    /// Continues with the events that an earlier process accepted. Called once, when the configuration is loaded.
    /// </summary>
    public void Resume()
    {
        foreach (var id in _store.Journal.RecentlyDone)
            Remember(id);
        if (_store.Journal.Recovered.Count > 0)
            LogResumed(_logger, _store.Journal.Recovered.Count);
        foreach (var pending in _store.Journal.Recovered)
        {
            _pending[pending.Id] = pending;
            Interlocked.Add(ref _bytes, pending.Place!.Length);
            pending.Continue(_store.Boot, _time.Steady(), RetryDecision.MaxPause);
            Enqueue(pending);
        }
    }

    /// <summary>
    /// Accepts an event. When the result is <c>Accepted</c>, the event is on the disk. An event with a known id counts
    /// as the same event.
    /// </summary>
    public async Task<Acceptance> AcceptAsync(AsynchronousEvent e)
    {
        if (_done.ContainsKey(e.Id))
            return Acceptance.Accepted;
        var pending = NewEvent(e);
        if (!_pending.TryAdd(e.Id, pending))
            return _pending.TryGetValue(e.Id, out var known) ? await SameAsync(known) : Acceptance.Accepted;
        if (Interlocked.Add(ref _bytes, e.Payload.Length) > _store.MaxBytes || _pending.Count > MaxPending)
        {
            Forget(pending, e.Payload.Length);
            Refuse(pending, new IOException("full"));
            return Acceptance.Full;
        }

        try
        {
            await _store.Journal.WriteAsync(JournalWrite.Accept(pending, e));
        }
        catch (IOException reason)
        {
            Forget(pending, e.Payload.Length);
            Refuse(pending, reason);
            return Acceptance.NotStored;
        }

        Begin(pending, e);
        return Acceptance.Accepted;
    }

    /// <summary>
    /// Starts no more events and waits for those that are running; the rest stay on the disk for the next process.
    /// </summary>
    public async Task StopAsync(CancellationToken timeout)
    {
        _queue.Stop();
        while (_queue.Running > 0 && !timeout.IsCancellationRequested)
            await Task.Delay(20, CancellationToken.None);
        _stopping = true;
    }

    public void Dispose()
    {
        _stopping = true;
        _queue.Stop();
        _queue.Dispose();
        _store.Journal.Dispose();
    }

    // Another request with the same event may wait for this result. Usually none does, so the exception is observed
    // here.
    private static void Refuse(PendingEvent pending, IOException reason)
    {
        pending.Durable.SetException(reason);
        _ = pending.Durable.Task.Exception;
    }

    private static async Task<Acceptance> SameAsync(PendingEvent known)
    {
        try
        {
            await known.Durable.Task;
            return Acceptance.Accepted;
        }
        catch (IOException)
        {
            return Acceptance.NotStored;
        }
    }

    private int CapacityOf(string function) =>
        _configuration.Current.Functions.TryGetValue(function, out var entry) ? entry.Pool.Limits.MaxCapacity : 1;

    // The event is on the disk; from now on its size there counts.
    private void Begin(PendingEvent pending, AsynchronousEvent e)
    {
        Interlocked.Add(ref _bytes, pending.Place!.Length - e.Payload.Length);
        pending.Durable.SetResult();
        Enqueue(pending);
    }

    private PendingEvent NewEvent(AsynchronousEvent e) => new(e.Id, e.Function, e.AcceptedAt, e.Hops)
    {
        Times = EventTimes.New(_store.Boot, _time.Steady()),
    };

    private void Enqueue(PendingEvent pending)
    {
        _ = SettingsOf(pending);
        _queue.Add(pending);
    }

    private void Forget(PendingEvent pending, long bytes)
    {
        _pending.TryRemove(pending.Id, out _);
        DropEnding(pending.Id);
        Interlocked.Add(ref _bytes, -bytes);
    }

    private void Remember(string id)
    {
        if (!_done.TryAdd(id, 0))
            return;
        _doneOrder.Enqueue(id);
        if (_doneOrder.Count > RememberedIds && _doneOrder.TryDequeue(out var oldest))
            _done.TryRemove(oldest, out _);
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Continuing {Count} asynchronous events that were accepted earlier")]
    private static partial void LogResumed(ILogger logger, int count);
}
