using Esb.Gateway.Workers;
using Esb.Schema.Functions;

namespace Esb.Gateway.Configuration;

/// <summary>
/// A function as a snapshot has it. The entry is replaced whole by a reload; its pool lives on while the revision is the same, its
/// statistics live on in any case.
/// </summary>
internal sealed record FunctionEntry(string Name, WorkerPool Pool, FunctionStatistics Statistics, IReadOnlyList<ScheduleEvent> Schedules)
{
    /// <summary>The application that it belongs to; null when it says none.</summary>
    public string? Application { get; init; }

    /// <summary>What becomes of events that nobody waits for.</summary>
    public AsynchronousSettings Asynchronous { get; init; } = AsynchronousSettings.None;

    /// <summary>Qualifiers beside <c>$LATEST</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How it answers through its URL.</summary>
    public InvokeMode InvokeMode { get; init; }
}
