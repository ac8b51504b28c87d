using Esb.Gateway.Workers;
using Esb.Schema.Functions;

namespace Esb.Gateway.Configuration;

/// <summary>
/// A function in a snapshot. A reload replaces the entry. Its pool stays as long as the revision is the same; its
/// statistics always stay.
/// </summary>
internal sealed record FunctionEntry(
    string Name,
    WorkerPool Pool,
    FunctionStatistics Statistics,
    IReadOnlyList<ScheduleEvent> Schedules)
{
    /// <summary>The application that it belongs to; null for none.</summary>
    public string? Application { get; init; }

    /// <summary>How its asynchronous events are treated.</summary>
    public AsynchronousSettings Asynchronous { get; init; } = AsynchronousSettings.None;

    /// <summary>Its qualifiers besides <c>$LATEST</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>How its function URL answers.</summary>
    public InvokeMode InvokeMode { get; init; }
}
