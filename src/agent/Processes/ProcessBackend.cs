using System.Globalization;
using System.Net;
using Esb.Agent.Backends;
using Esb.Agent.Launching;
using Esb.Agent.Limits;
using Esb.Agent.Runtimes;
using Esb.AgentProtocol;

namespace Esb.Agent.Processes;

/// <summary>
/// Runs workers as processes of this machine, with the rights of the agent's own user: for development and for trusted
/// code. <c>code</c> and <c>layers</c> are folders.
/// </summary>
internal sealed class ProcessBackend(
    string owner,
    RuntimeCommands runtimes,
    ChildProcesses children,
    MemoryLimits limits,
    string home) : IWorkerBackend
{
    private readonly AddressPool _addresses = AddressPool.Loopback();
    private readonly TimeProvider _time = TimeProvider.System;
    private int _last;

    public string Name => "process";

    public string Description => "workers have the rights of this user: for development and for code that you trust";

    public async Task<int> RemoveLeftoversAsync()
    {
        var killed = OwnedProcesses.KillAllOf(owner);
        await limits.RemoveLeftoversAsync();
        return killed;
    }

    public Task PrepareAsync(string image) => Task.CompletedTask;

    public async Task<RunningWorker> StartAsync(
        StartWorkerRequest specification,
        Func<IReadOnlyList<LogLine>, Task> output)
    {
        var command = await runtimes.ResolveAsync(specification);
        var address = _addresses.Take();
        var limit = limits.For(specification.MemorySize);
        var mark = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        try
        {
            var place = new WorkerEnvironment.Place(owner, mark, address.ToString(), home);
            var child = await children.StartAsync(new LaunchPlan
            {
                Program = command.Program,
                Arguments = command.Arguments,
                Folder = specification.Code,
                Environment = WorkerEnvironment.Build(specification, command, place, _time.GetUtcNow()),
                DataLimit = limit.DataLimit,
                CgroupProcesses = limit.Cgroup?.Processes,
            });
            var worker = new ProcessWorker(child, limit, () => OwnedProcesses.KillWorker(owner, mark), _time);
            var exit = RunAsync(worker, address, output);
            return new RunningWorker(
                address.ToString(),
                $"pid {child.Id}, {command.Description}, {limit.Description}",
                exit,
                () => StopAsync(worker, exit));
        }
        catch (Exception e)
        {
            _addresses.Return(address);
            if (limit.Cgroup is not null)
                await limit.Cgroup.RemoveAsync();
            if (e is LaunchException)
                throw new CannotStartException(e.Message);
            throw;
        }
    }

    private async Task<WorkerExit> RunAsync(
        ProcessWorker worker,
        IPAddress address,
        Func<IReadOnlyList<LogLine>, Task> output)
    {
        var exit = await worker.RunAsync(output);
        _addresses.Return(address);
        return exit;
    }

    private static async Task StopAsync(ProcessWorker worker, Task exit)
    {
        await worker.StopAsync();
        await exit;
    }
}
