using Esb.ContainerdApi;
using Grpc.Core;

namespace Esb.Agent.Containerd;

/// <summary>containerd's services.</summary>
internal sealed class ContainerdCalls(CallInvoker invoker)
{
    public ContainerdApi.Containers.ContainersClient Containers { get; } = new(invoker);

    public Tasks.TasksClient Tasks { get; } = new(invoker);

    public Snapshots.SnapshotsClient Snapshots { get; } = new(invoker);

    public ContainerdApi.Images.ImagesClient Images { get; } = new(invoker);

    public Content.ContentClient Content { get; } = new(invoker);

    public Diff.DiffClient Diff { get; } = new(invoker);

    public Leases.LeasesClient Leases { get; } = new(invoker);
}
