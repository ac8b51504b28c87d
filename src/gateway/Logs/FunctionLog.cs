using Esb.AdminProtocol;
using Esb.AgentProtocol;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Logs;

/// <summary>
/// Creates records from a worker's lines. A line belongs to the invocation that was running when the agent read the
/// line.
/// </summary>
internal sealed class FunctionLog(LogStore store)
{
    public void Write(Worker worker, IEnumerable<LogLine> lines)
    {
        var spec = worker.Pool.Spec;
        foreach (var line in lines)
        {
            var time = DateTimeOffset.UnixEpoch.AddMicroseconds(line.TimeUs);
            var request = RequestAt(worker, time);
            var stream = line.StandardError ? "stderr" : "stdout";
            store.Add(new LogRecord(time, spec.Function, spec.Revision, request, worker.Id, stream, line.Text));
        }
    }

    private static string RequestAt(Worker worker, DateTimeOffset time)
    {
        var (current, previous) = (worker.Current, worker.PreviousRequestId);
        // A line from before the start of the previous invocation means that the clock was set back in the meantime.
        var isCurrent = current is not null
            && (previous is null || time >= current.Started?.Wall || time < worker.PreviousStartedAt);
        return isCurrent ? current!.RequestId : previous ?? "";
    }
}
