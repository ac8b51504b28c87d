namespace Esb.Sam.Functions;

/// <summary>A function with those of its events that are served.</summary>
internal sealed record ReadFunction(SamFunction Function, IReadOnlyList<FunctionEvent> Events)
{
    /// <summary>The schedules among its events.</summary>
    public IEnumerable<SamSchedule> Schedules(StackContext context) =>
        Events.Where(e => e.Kind is "Schedule" or "ScheduleV2")
            .Select(e => Functions.Schedules.OfEvent(Function, e, context))
            .OfType<SamSchedule>();
}
