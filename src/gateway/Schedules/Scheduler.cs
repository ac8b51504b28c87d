using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Schedules;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Schedules;

/// <summary>Invokes functions by the clock as EventBridge does: asynchronously and with retries.</summary>
internal sealed partial class Scheduler : IDisposable
{
    private static readonly TimeSpan OfferTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OfferInterval = TimeSpan.FromMilliseconds(5);

    private readonly AsynchronousInvocations _later;
    private readonly string _region;
    private readonly ILogger<Scheduler> _logger;
    private readonly TimeProvider _time;
    private readonly ScheduleTimer _timer;
    private readonly CancellationTokenSource _stopped = new();
    private int _offering;
    private readonly Lock _beginning = new(); // guards the two fields below
    private Dictionary<ScheduledCall, ScheduleExpression> _wanted = [];
    private bool _begun;

    public Scheduler(AsynchronousInvocations later, string region, ILogger<Scheduler> logger, TimeProvider time)
    {
        _later = later;
        _region = region;
        _logger = logger;
        _time = time;
        _timer = new ScheduleTimer(time, Invoke);
    }

    /// <summary>Starts calling functions.</summary>
    /// <param name="kept">The next runs according to the previous gateway.</param>
    public void Begin(IReadOnlyDictionary<ScheduledCall, DateTimeOffset> kept)
    {
        lock (_beginning)
        {
            _begun = true;
            _timer.Apply(_wanted, kept);
        }
    }

    /// <summary>
    /// Stops calling, and returns the next run of each schedule for the next gateway. By then the events of all earlier
    /// runs have been accepted, unless the disk is full.
    /// </summary>
    public async Task<IReadOnlyDictionary<ScheduledCall, DateTimeOffset>> EndAsync()
    {
        var left = _timer.End();
        for (var waited = TimeSpan.Zero;
            Volatile.Read(ref _offering) > 0 && waited < OfferTimeout;
            waited += OfferInterval)
            await Task.Delay(OfferInterval);
        return left;
    }

    /// <summary>Takes over the schedules of a snapshot; unchanged ones keep their next run.</summary>
    public void Apply(Snapshot snapshot)
    {
        var wanted = new Dictionary<ScheduledCall, ScheduleExpression>();
        foreach (var function in snapshot.Functions.Values)
        {
            foreach (var schedule in function.Schedules.Where(s => s.Enabled))
                Add(wanted, function.Name, schedule);
        }

        lock (_beginning)
        {
            _wanted = wanted;
            if (_begun)
                _timer.Apply(wanted);
        }
    }

    /// <summary>Runs until cancelled; after that nothing more is started.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
        Dispose();
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _timer.Dispose();
    }

    private void Add(Dictionary<ScheduledCall, ScheduleExpression> wanted, string function, ScheduleEvent schedule)
    {
        var error = "";
        ScheduleExpression? expression = null;
        if (ZoneOf(schedule) is not { } zone)
            error = $"the time zone '{schedule.TimeZone}' is not on this machine";
        else if (!ScheduleExpression.TryParse(schedule.Expression, zone, out expression, out var reason))
            error = reason;
        if (expression is null)
        {
            LogUnusable(_logger, function, schedule.Expression, error, schedule.Place.File, schedule.Place.Line);
            return;
        }

        var ordinal = 0;
        while (!wanted.TryAdd(CallOf(function, schedule, ordinal), expression.Within(schedule.Window)))
            ordinal++;
    }

    private static ScheduledCall CallOf(string function, ScheduleEvent schedule, int ordinal) => new(
        function, schedule.Expression, schedule.Input, ordinal)
    {
        TimeZone = schedule.TimeZone,
        Start = schedule.Window.Start,
        End = schedule.Window.End,
        Retry = DeliveryRetry.Of(schedule),
    };

    private static TimeZoneInfo? ZoneOf(ScheduleEvent schedule) =>
        schedule.TimeZone is null
            ? TimeZoneInfo.Utc
            : TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out var zone) ? zone : null;

    private void Invoke(ScheduledCall call, DateTimeOffset due)
    {
        var e = new AsynchronousEvent(
            Guid.NewGuid().ToString(), call.Function, ScheduledEvent.PayloadOf(call, due, _region), _time.GetUtcNow());
        _ = DeliverAsync(call, due, e);
    }

    private async Task DeliverAsync(ScheduledCall call, DateTimeOffset due, AsynchronousEvent e)
    {
        Interlocked.Increment(ref _offering);
        try
        {
            await OfferAsync(call, due, e);
        }
        finally
        {
            Interlocked.Decrement(ref _offering);
        }
    }

    private async Task OfferAsync(ScheduledCall call, DateTimeOffset due, AsynchronousEvent e)
    {
        var (late, begun) = (e.AcceptedAt - due, _time.Steady());
        for (var tried = 1; await _later.AcceptAsync(e) != Acceptance.Accepted; tried++)
        {
            if (call.Retry.PauseAfter(tried, late + (_time.Steady() - begun)) is not { } pause
                || _stopped.IsCancellationRequested)
            {
                LogDropped(_logger, call.Expression, call.Function, tried);
                return;
            }

            await Task.Delay(pause, _time, _stopped.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Schedule of {Function} is not run: '{Expression}': {Reason} ({File}:{Line})")]
    private static partial void LogUnusable(
        ILogger logger,
        string function,
        string expression,
        string reason,
        string? file,
        int line);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Schedule '{Expression}' of {Function} was due, but could not be accepted after {Tried} attempts")]
    private static partial void LogDropped(ILogger logger, string expression, string function, int tried);
}
