using Esb.Agent.Backends;
using Esb.ContainerdApi;

namespace Esb.Agent.Containerd;

/// <summary>Removes the parts of a worker in containerd: task, container, snapshot.</summary>
internal sealed class TaskRemoval(ContainerdClient containerd)
{
    private const uint Kill = 9;
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Removes all parts. A part that does not exist counts as removed.</summary>
    public async Task RemoveAsync(string id)
    {
        var calls = containerd.Calls;
        await EndTaskAsync(id);
        await containerd.TryCallAsync(
            async () => await calls.Containers.DeleteAsync(new DeleteContainerRequest { Id = id }));
        await containerd.TryCallAsync(async () => await calls.Snapshots.RemoveAsync(
            new RemoveSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = id }));
    }

    // A running task cannot be deleted, and a killed one takes a moment to end.
    private async Task EndTaskAsync(string id)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await containerd.TryCallAsync(
                    async () => await containerd.Calls.Tasks.DeleteAsync(new DeleteTaskRequest { ContainerId = id }));
                return;
            }
            catch (EngineRefusedException) when (attempt < Attempts)
            {
                await KillAsync(id);
                await Task.Delay(Pause);
            }
        }
    }

    private async Task KillAsync(string id)
    {
        try
        {
            await containerd.TryCallAsync(async () => await containerd.Calls.Tasks.KillAsync(
                new KillRequest { ContainerId = id, Signal = Kill, All = true }));
        }
        catch (EngineRefusedException)
        {
            // The task is ending at this moment.
        }
    }
}
