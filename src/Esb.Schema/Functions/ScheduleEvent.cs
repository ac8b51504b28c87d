using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>An invocation by the clock.</summary>
/// <param name="Expression"><c>rate(…)</c> or <c>cron(…)</c>, as EventBridge writes them.</param>
/// <param name="Input">The JSON payload; null means EventBridge's own scheduled event.</param>
/// <param name="Enabled">A disabled schedule is kept but does not fire.</param>
/// <param name="Place">Where it stands.</param>
public sealed record ScheduleEvent(string Expression, string? Input, bool Enabled, Place Place);
