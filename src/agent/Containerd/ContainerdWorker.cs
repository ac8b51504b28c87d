using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.Agent.Output;
using Esb.AgentProtocol;
using Esb.ContainerdApi;

namespace Esb.Agent.Containerd;

/// <summary>A containerd task, from before its start until its end.</summary>
internal sealed class ContainerdWorker(ContainerdClient containerd, string id, WorkerFolder folder, TimeProvider time)
{
    private const uint Terminate = 15;
    private const uint Kill = 9;

    // A worker that was asked to end is killed after this time.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    // After the end of a task, containerd has this long to deliver the last lines.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    /// <summary>Completes when the task has ended, or containerd with it, and its last line was delivered.</summary>
    public async Task<WorkerExit> RunAsync(Func<IReadOnlyList<LogLine>, Task> sink)
    {
        using var deadline = new CancellationTokenSource();
        var output = new OutputPump(folder.Output, new LineSplitter(false, time), sink);
        var error = new OutputPump(folder.Error, new LineSplitter(true, time), sink);
        var pumps = Task.WhenAll(output.RunAsync(deadline.Token), error.RunAsync(deadline.Token));
        var exit = await ExitAsync();
        await Task.WhenAny(pumps, Task.Delay(OutputGrace, time));
        await deadline.CancelAsync();
        await pumps;
        return exit with
        {
            OutOfMemory = exit.OutOfMemory
                || (error.SawMemoryExhausted && exit.Reason.StartsWith("signal", StringComparison.Ordinal)),
        };
    }

    /// <summary>Asks the task to end, and kills it after the grace period.</summary>
    public async Task StopAsync(Task exit)
    {
        await SignalAsync(Terminate);
        if (await Task.WhenAny(exit, Task.Delay(StopGrace, time)) != exit)
            await SignalAsync(Kill);
    }

    private async Task<WorkerExit> ExitAsync()
    {
        try
        {
            return await containerd.CallAsync(async () =>
            {
                var ended = await containerd.Calls.Tasks.WaitAsync(new WaitRequest { ContainerId = id });
                return new WorkerExit(ExitReason.From(ended.ExitStatus), await OutOfMemoryAsync());
            });
        }
        catch (Exception e) when (e is EngineRefusedException or EngineUnavailableException)
        {
            return new WorkerExit(e.Message, false);
        }
    }

    // The kernel's counters of the task's cgroup, which exists until the task is deleted.
    private async Task<bool> OutOfMemoryAsync()
    {
        var request = new MetricsRequest { Filters = { $"id=={id}" } };
        var data = (await containerd.Calls.Tasks.MetricsAsync(request)).Metrics.Select(metric => metric.Data)
            .FirstOrDefault(data => data is not null);
        return data?.TypeUrl.Split('/')[^1] switch
        {
            "io.containerd.cgroups.v1.Metrics" =>
                ContainerdApi.Cgroup1.Metrics.Parser.ParseFrom(data.Value).MemoryOomControl?.OomKill > 0,
            "io.containerd.cgroups.v2.Metrics" =>
                ContainerdApi.Cgroup2.Metrics.Parser.ParseFrom(data.Value).MemoryEvents?.OomKill > 0,
            _ => false,
        };
    }

    private async Task SignalAsync(uint signal)
    {
        try
        {
            await containerd.TryCallAsync(async () => await containerd.Calls.Tasks.KillAsync(
                new KillRequest { ContainerId = id, Signal = signal, All = signal == Kill }));
        }
        catch (Exception e) when (e is EngineRefusedException or EngineUnavailableException)
        {
            // The task has ended already; if it has not, its removal ends it.
        }
    }
}
