namespace Esb.AdminProtocol;

/// <summary>One line that a function wrote, or that the platform wrote about it.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Function">The function.</param>
/// <param name="Revision">The revision of the function.</param>
/// <param name="RequestId">The request that the worker was handling at that time; empty when there was none.</param>
/// <param name="Worker">The worker; empty for a line of the platform.</param>
/// <param name="Stream"><c>stdout</c>, <c>stderr</c> or <c>platform</c>.</param>
/// <param name="Text">The line.</param>
public sealed record LogRecord(
    DateTimeOffset Time,
    string Function,
    string Revision,
    string RequestId,
    string Worker,
    string Stream,
    string Text);
