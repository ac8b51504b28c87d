using Esb.AdminProtocol;
using Esb.AgentProtocol;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Logs;

/// <summary>
/// Creates records from a worker's lines: a line belongs to the invocation that ran when the agent read it.
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
        // A line older than the previous one: the clock was set back meanwhile.
        var isCurrent = current is not null
            && (previous is null || time >= current.Started?.Wall || time < worker.PreviousStartedAt);
        return isCurrent ? current!.RequestId : previous ?? "";
    }
}
