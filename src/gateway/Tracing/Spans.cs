using System.Diagnostics;

namespace Esb.Gateway.Tracing;

/// <summary>Where the gateway's spans come from. Nobody listens, and none is made, unless <see cref="TraceExport"/> runs.</summary>
internal static class Spans
{
    public const string Name = "esb-gateway";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Notes an error and its kind.</summary>
    public static void Fail(Activity span, string errorType, string? description = null)
    {
        span.SetTag("error.type", errorType);
        span.SetStatus(ActivityStatusCode.Error, description);
    }
}
