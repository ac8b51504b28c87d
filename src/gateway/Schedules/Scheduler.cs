using Esb.Gateway.Asynchronous;
using Esb.Gateway.Configuration;
using Esb.Schema.Functions;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Schedules;

/// <summary>Invokes functions by the clock, the way EventBridge does: asynchronously, with retries, and without waiting for the answer.</summary>
internal sealed partial class Scheduler : IDisposable
{
    private readonly AsynchronousInvocations _later;
    private readonly string _region;
    private readonly ILogger<Scheduler> _logger;
    private readonly TimeProvider _time;
    private readonly Timetable _timetable;

    public Scheduler(AsynchronousInvocations later, string region, ILogger<Scheduler> logger, TimeProvider time)
    {
        _later = later;
        _region = region;
        _logger = logger;
        _time = time;
        _timetable = new Timetable(time, Invoke);
    }

    /// <summary>Takes over the schedules of a snapshot; those that did not change keep their time.</summary>
    public void Apply(Snapshot snapshot)
    {
        var wanted = new Dictionary<ScheduledCall, ScheduleExpression>();
        foreach (var function in snapshot.Functions.Values)
        {
            foreach (var schedule in function.Schedules.Where(s => s.Enabled))
                Add(wanted, function.Name, schedule);
        }

        _timetable.Apply(wanted);
    }

    /// <summary>Keeps the timetable until cancelled; from then on nothing is started any more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
        Dispose();
    }

    public void Dispose() => _timetable.Dispose();

    private void Add(Dictionary<ScheduledCall, ScheduleExpression> wanted, string function, ScheduleEvent schedule)
    {
        if (!ScheduleExpression.TryParse(schedule.Expression, out var expression, out var error))
        {
            LogUnusable(_logger, function, schedule.Expression, error, schedule.Place.File, schedule.Place.Line);
            return;
        }

        var ordinal = 0;
        while (!wanted.TryAdd(new ScheduledCall(function, schedule.Expression, schedule.Input, ordinal), expression))
            ordinal++;
    }

    private void Invoke(ScheduledCall call, DateTimeOffset due)
    {
        var e = new AsynchronousEvent(Guid.NewGuid().ToString(), call.Function, ScheduledEvent.PayloadOf(call, due, _region), _time.GetUtcNow());
        _ = AcceptAsync(call, e);
    }

    private async Task AcceptAsync(ScheduledCall call, AsynchronousEvent e)
    {
        if (await _later.AcceptAsync(e) != Acceptance.Accepted)
            LogDropped(_logger, call.Expression, call.Function);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule of {Function} is not run: '{Expression}': {Reason} ({File}:{Line})")]
    private static partial void LogUnusable(ILogger logger, string function, string expression, string reason, string? file, int line);

    [LoggerMessage(Level = LogLevel.Error, Message = "Schedule '{Expression}' of {Function} was due, but too many invocations are pending")]
    private static partial void LogDropped(ILogger logger, string expression, string function);
}
