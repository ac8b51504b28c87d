using Esb.AdminProtocol;
using Esb.AgentProtocol;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Logs;

/// <summary>
/// Turns a worker's lines into records: by the time at which the agent read a line it belongs to the invocation that ran then.
/// </summary>
internal sealed class FunctionLog(LogStore store)
{
    public void Write(Worker worker, IEnumerable<LogLine> lines)
    {
        var spec = worker.Pool.Spec;
        foreach (var line in lines)
        {
            var time = DateTimeOffset.UnixEpoch.AddMicroseconds(line.TimeUs);
            store.Add(new LogRecord(time, spec.Function, spec.Revision, RequestAt(worker, time), worker.Id, line.StandardError ? "stderr" : "stdout", line.Text));
        }
    }

    private static string RequestAt(Worker worker, DateTimeOffset time)
    {
        var (current, previous) = (worker.Current, worker.PreviousRequestId);
        // A line from before the previous one: the clock was set back meanwhile.
        var isCurrent = current is not null && (previous is null || time >= current.Started?.Wall || time < worker.PreviousStartedAt);
        return isCurrent ? current!.RequestId : previous ?? "";
    }
}
