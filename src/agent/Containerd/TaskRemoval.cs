using Esb.Agent.Backends;
using Esb.ContainerdApi;

namespace Esb.Agent.Containerd;

/// <summary>Takes apart what a worker is made of in containerd: task, container, snapshot.</summary>
internal sealed class TaskRemoval(ContainerdClient containerd)
{
    private const uint Kill = 9;
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Not to know any of it (any more) is success.</summary>
    public async Task RemoveAsync(string id)
    {
        var calls = containerd.Calls;
        await EndTaskAsync(id);
        await containerd.DoesKnowAsync(async () => await calls.Containers.DeleteAsync(new DeleteContainerRequest { Id = id }));
        await containerd.DoesKnowAsync(async () => await calls.Snapshots.RemoveAsync(new RemoveSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = id }));
    }

    // A task that still runs cannot be deleted, and one that ends needs a moment to have ended.
    private async Task EndTaskAsync(string id)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await containerd.DoesKnowAsync(async () => await containerd.Calls.Tasks.DeleteAsync(new DeleteTaskRequest { ContainerId = id }));
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
            await containerd.DoesKnowAsync(async () => await containerd.Calls.Tasks.KillAsync(new KillRequest { ContainerId = id, Signal = Kill, All = true }));
        }
        catch (EngineRefusedException)
        {
            // It ends by itself at this moment.
        }
    }
}
