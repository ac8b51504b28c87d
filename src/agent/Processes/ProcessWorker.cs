using Esb.Agent.Backends;
using Esb.Agent.Launching;
using Esb.Agent.Limits;
using Esb.Agent.Output;
using Esb.AgentProtocol;
using Esb.Host.Processes;

namespace Esb.Agent.Processes;

/// <summary>A worker that runs, from its start until nothing of it is left.</summary>
internal sealed class ProcessWorker(ChildProcess child, MemoryLimit limit, Func<int> killEscaped, TimeProvider time)
{
    // After this, work that does not end when asked is ended.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    // How long after the end somebody may still hold the worker's output.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends when the worker has ended and its last line was taken.</summary>
    public async Task<WorkerExit> RunAsync(Func<IReadOnlyList<LogLine>, Task> sink)
    {
        using var patience = new CancellationTokenSource();
        var output = new OutputPump(child.Output, new LineSplitter(false, time), sink);
        var error = new OutputPump(child.Error, new LineSplitter(true, time), sink);
        var pumps = Task.WhenAll(output.RunAsync(patience.Token), error.RunAsync(patience.Token));
        var status = await child.Exited;
        var killedByKernel = limit.Cgroup?.OutOfMemory() ?? false;
        if (limit.Cgroup is not null)
            await limit.Cgroup.RemoveAsync();
        await FinishAsync(pumps, patience);
        child.Dispose();
        return new WorkerExit(status.ToString(), killedByKernel || (error.SawMemoryExhausted && status.Signal is not null));
    }

    public async Task StopAsync()
    {
        child.Signal(Native.SigTerm);
        if (await Task.WhenAny(child.Exited, Task.Delay(StopGrace, time)) != child.Exited)
            child.Signal(Native.SigKill);
        await child.Exited;
    }

    // The pipe is open for longer only when a process left the worker's group, which is then found by its mark.
    private async Task FinishAsync(Task pumps, CancellationTokenSource patience)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await Task.WhenAny(pumps, Task.Delay(OutputGrace, time)) == pumps)
                break;
            killEscaped();
        }

        await patience.CancelAsync();
        await pumps;
    }
}
