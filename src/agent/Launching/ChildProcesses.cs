using System.Collections.Concurrent;
using Esb.Host.Processes;

namespace Esb.Agent.Launching;

/// <summary>
/// Starts all processes of the agent and waits for them. Two threads live as long as the agent. One starts processes,
/// because the kernel kills a child when the thread that started it ends (prctl(2), PR_SET_PDEATHSIG). The other waits
/// for whichever child ends next. The agent does not use <see cref="System.Diagnostics.Process"/>: that class cannot
/// tell <c>exit status 137</c> from <c>signal: killed</c>, and two waiters would reap each other's children.
/// </summary>
internal sealed class ChildProcesses : IDisposable
{
    private readonly BlockingCollection<Order> _orders = [];
    private readonly SemaphoreSlim _toWaitFor = new(0);
    private readonly Spawner _spawner = new();

    // Guards _children: a child may end before it is in the list.
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ChildProcess> _children = [];

    public ChildProcesses()
    {
        new Thread(Start) { IsBackground = true, Name = "start processes" }.Start();
        new Thread(Wait) { IsBackground = true, Name = "wait for processes" }.Start();
    }

    /// <summary>Returns when the program is running.</summary>
    /// <exception cref="LaunchException">The program could not be started; the message gives the reason.</exception>
    public async Task<ChildProcess> StartAsync(LaunchPlan plan)
    {
        var order = new Order(
            plan, new TaskCompletionSource<Spawner.Spawned>(TaskCreationOptions.RunContinuationsAsynchronously));
        _orders.Add(order);
        var (child, report) = await order.Started.Task;
        await using (report)
        {
            if (await LaunchException.FromReportAsync(report) is not { } failure)
                return child;
            child.Dispose();
            throw failure;
        }
    }

    public void Dispose() => _orders.CompleteAdding();

    private void Start()
    {
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            try
            {
                Spawner.Spawned spawned;
                lock (_gate)
                {
                    spawned = _spawner.Spawn(order.Plan);
                    _children.Add(spawned.Child.Id, spawned.Child);
                }

                _toWaitFor.Release();
                order.Started.SetResult(spawned);
            }
            catch (LaunchException e)
            {
                order.Started.SetException(e);
            }
        }
    }

    private void Wait()
    {
        while (true)
        {
            _toWaitFor.Wait();
            var information = default(Native.ChildInformation);
            while (Native.WaitId(Native.AllProcesses, 0, ref information, Native.Exited | Native.LeaveWaitable) != 0)
            {
                // While there is a child, waitid(2) fails only with EINTR.
            }

            ChildProcess? child;
            lock (_gate)
                _children.Remove(information.ProcessId, out child);
            child?.Reap(ExitStatus.From(information.Code, information.Status));
        }
    }

    private sealed record Order(LaunchPlan Plan, TaskCompletionSource<Spawner.Spawned> Started);
}
