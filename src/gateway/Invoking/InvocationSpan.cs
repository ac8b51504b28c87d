using System.Diagnostics;
using Esb.Gateway.Tracing;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Invoking;

/// <summary>
/// The span of one invocation, from the queue to the answer. It is the parent of the function's own spans. Source:
/// OpenTelemetry, "Semantic conventions for FaaS spans", outgoing invocations.
/// </summary>
internal static class InvocationSpan
{
    /// <summary>Starts the span; null when tracing is off.</summary>
    public static Activity? Start(string function, Invocation invocation)
    {
        if (!Spans.Source.HasListeners())
            return null;
        // The parent comes from the header, not from the current thread: an event may have waited in the journal for
        // days.
        var parent =
            invocation.TraceId is { } trace && TraceHeader.TryParse(trace, out var context) ? context : default;
        var span = Spans.Source.StartActivity(function, ActivityKind.Client, parent);
        if (span is null)
            return null;
        invocation.TraceId = TraceHeader.Of(span);
        span.SetTag("faas.name", function);
        span.SetTag("faas.invoked_name", function);
        span.SetTag("faas.invocation_id", invocation.RequestId);
        return span;
    }

    /// <summary>Adds the attributes that are known only at the end.</summary>
    public static void End(Activity span, Invocation invocation, InvocationResult result)
    {
        span.SetTag("faas.coldstart", invocation.ColdStart);
        if (result.Outcome != InvocationOutcome.Succeeded)
            Spans.Fail(span, result.ShortErrorType(), result.ErrorMessage(InvocationResult.ShortText));
    }
}
