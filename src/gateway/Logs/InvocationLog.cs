using System.Globalization;
using Esb.AdminProtocol;
using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Logs;

/// <summary>The platform's log line for each invocation, in the format of Lambda's REPORT line.</summary>
internal sealed class InvocationLog(LogStore store, TimeProvider time)
{
    // The agent limits a function's own lines to 256 KiB, but this line is created from the function's answer.
    private const int MaxMessageLength = 64 * 1024;

    public void Ended(FunctionEntry function, Invocation invocation, TimeSpan duration, InvocationResult result)
    {
        var spec = function.Pool.Spec;
        if (result.Outcome != InvocationOutcome.Succeeded)
            Add(spec, invocation, $"{Word(result.Outcome)}: {result.ErrorMessage(MaxMessageLength)}");
        Add(spec, invocation, Report(invocation, duration, spec.MemorySize));
    }

    /// <summary>
    /// The REPORT line: <c>REPORT RequestId: … Duration: 1.02 ms Billed Duration: 2 ms Memory Size: 128 MB</c>.
    /// </summary>
    public static string Report(Invocation invocation, TimeSpan duration, int memorySize) => string.Create(
        CultureInfo.InvariantCulture,
        $"REPORT RequestId: {invocation.RequestId}\tDuration: {duration.TotalMilliseconds:0.00} ms\tBilled Duration: "
            + $"{Math.Ceiling(duration.TotalMilliseconds):0} ms\tMemory Size: "
            + $"{memorySize} MB{(invocation.ColdStart ? "\tCold start" : "")}");

    private static string Word(InvocationOutcome outcome) => outcome switch
    {
        InvocationOutcome.TimedOut => "TIMEOUT",
        InvocationOutcome.WorkerLost => "CRASH",
        InvocationOutcome.Refused => "REFUSED",
        _ => "ERROR",
    };

    private void Add(WorkerSpec spec, Invocation invocation, string text) =>
        store.Add(
            new LogRecord(time.GetUtcNow(), spec.Function, spec.Revision, invocation.RequestId, "", "platform", text));
}
