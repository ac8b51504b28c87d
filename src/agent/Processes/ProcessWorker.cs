using Esb.Agent.Backends;
using Esb.Agent.Launching;
using Esb.Agent.Limits;
using Esb.Agent.Output;
using Esb.AgentProtocol;
using Esb.Host.Processes;

namespace Esb.Agent.Processes;

/// <summary>A running worker, from its start until all its processes are gone.</summary>
internal sealed class ProcessWorker(ChildProcess child, MemoryLimit limit, Func<int> killEscaped, TimeProvider time)
{
    // A worker that was asked to end is killed after this time.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    // After the end of a worker, another process may hold the worker's output for this long.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Completes when the worker has ended and its last line was delivered.</summary>
    public async Task<WorkerExit> RunAsync(Func<IReadOnlyList<LogLine>, Task> sink)
    {
        using var deadline = new CancellationTokenSource();
        var output = new OutputPump(child.Output, new LineSplitter(false, time), sink);
        var error = new OutputPump(child.Error, new LineSplitter(true, time), sink);
        var pumps = Task.WhenAll(output.RunAsync(deadline.Token), error.RunAsync(deadline.Token));
        var status = await child.Exited;
        var killedByKernel = limit.Cgroup?.OutOfMemory() ?? false;
        if (limit.Cgroup is not null)
            await limit.Cgroup.RemoveAsync();
        await FinishAsync(pumps, deadline);
        child.Dispose();
        return new WorkerExit(
            status.ToString(), killedByKernel || (error.SawMemoryExhausted && status.Signal is not null));
    }

    public async Task StopAsync()
    {
        child.Signal(Native.SigTerm);
        if (await Task.WhenAny(child.Exited, Task.Delay(StopGrace, time)) != child.Exited)
            child.Signal(Native.SigKill);
        await child.Exited;
    }

    // The pipe stays open longer only when a process has left the worker's group. The mark then identifies that
    // process.
    private async Task FinishAsync(Task pumps, CancellationTokenSource deadline)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await Task.WhenAny(pumps, Task.Delay(OutputGrace, time)) == pumps)
                break;
            killEscaped();
        }

        await deadline.CancelAsync();
        await pumps;
    }
}
