using System.Diagnostics;

namespace Esb.Gateway.Tracing;

/// <summary>The source of the gateway's spans. Spans are created only while <see cref="TraceExport"/> runs.</summary>
internal static class Spans
{
    public const string Name = "esb-gateway";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Records an error and its type.</summary>
    public static void Fail(Activity span, string errorType, string? description = null)
    {
        span.SetTag("error.type", errorType);
        span.SetStatus(ActivityStatusCode.Error, description);
    }
}
