using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.Agent.Images;
using Esb.AgentProtocol;
using Esb.ContainerdApi;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Esb.Agent.Containerd;

/// <summary>Runs workers as containers of containerd. <c>image</c> is pulled from a registry.</summary>
internal sealed class ContainerdBackend(
    ContainerdClient containerd,
    ImageStore images,
    ContainerdSettings settings,
    OwnerLabels labels,
    ContainerRemoval removal) : IWorkerBackend
{
    private const string Runtime = "io.containerd.runc.v2";
    private const string SpecificationType = "types.containerd.io/opencontainers/runtime-spec/1/Spec";

    private readonly WorkerAddresses _addresses = new(settings.NetworkFile);
    private readonly string _folder = Path.Combine(
        settings.Folder,
        $"esb-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(labels.Owner)))[..12]}");
    private readonly TimeProvider _time = TimeProvider.System;

    public string Name => "containerd";

    public string Description => $"containers of {settings.Socket}, namespace {ContainerdSettings.Namespace}";

    public Task<int> RemoveLeftoversAsync() => containerd.CallAsync(async () =>
    {
        // The double quotes are needed because the label's name contains a dot.
        var filter = $"labels.\"{OwnerLabels.OwnerLabel}\"==\"{labels.Owner}\"";
        var owned = await containerd.Calls.Containers.ListAsync(new ListContainersRequest { Filters = { filter } });
        HashSet<string> leftovers = [.. owned.Containers.Where(container => labels.IsLeftover(container.Labels))
            .Select(container => container.Id)];
        var count = leftovers.Count;
        // The snapshot of a worker whose agent died before it created the container.
        using var listing = containerd.Calls.Snapshots.List(
            new ListSnapshotsRequest { Snapshotter = ContainerdSettings.Snapshotter, Filters = { filter } });
        await foreach (var page in listing.ResponseStream.ReadAllAsync())
            leftovers.UnionWith(page.Info.Where(snapshot => labels.IsLeftover(snapshot.Labels))
                .Select(snapshot => snapshot.Name));
        await System.Threading.Tasks.Task.WhenAll(leftovers.Select(removal.RemoveAsync));
        if (Directory.Exists(_folder))
        {
            foreach (var id in leftovers.Where(id => Directory.Exists(Path.Combine(_folder, id))))
                Directory.Delete(Path.Combine(_folder, id), recursive: true);
        }

        return count;
    });

    public async Task PrepareAsync(string image)
    {
        try
        {
            await containerd.CallAsync(() => images.EnsureAsync(image));
        }
        catch (EngineRefusedException e)
        {
            throw new CannotStartException($"containerd cannot take the image {image}: {e.Message}");
        }
    }

    public async Task<RunningWorker> StartAsync(
        StartWorkerRequest specification,
        Func<IReadOnlyList<LogLine>, Task> output)
    {
        try
        {
            return await containerd.CallAsync(async () =>
            {
                var image = await images.EnsureAsync(ContainerCommand.Image(specification));
                var (network, address) = _addresses.Take();
                try
                {
                    return await StartAsync(specification, output, image, network, address);
                }
                catch
                {
                    _addresses.Return(address);
                    throw;
                }
            });
        }
        catch (Exception e) when (e is EngineRefusedException or IOException)
        {
            throw new CannotStartException(
                $"containerd cannot run a container of {specification.Function}: {e.Message}");
        }
    }

    private async Task<RunningWorker> StartAsync(
        StartWorkerRequest specification,
        Func<IReadOnlyList<LogLine>, Task> output,
        ContainerImage image,
        WorkerNetwork network,
        IPAddress address)
    {
        var id = ContainerCommand.Name(specification);
        var limits = ContainerLimits.From(specification, Environment.ProcessorCount);
        var folder = WorkerFolder.Make(Path.Combine(_folder, id), id, network.Node, address);
        var worker = new ContainerdWorker(containerd, id, folder, _time);
        try
        {
            var requested = RuntimeApiAddress.Parse(specification.RuntimeApi);
            var plan = OciPlan.Build(specification, image, limits, new OciPlan.Place
            {
                Id = id,
                RuntimeApi = requested.IsAnywhere ? requested with { Host = network.Node.ToString() } : requested,
                Network = network.Attach(address),
                NetworkHook = settings.NetworkHook,
                ResolverFile = folder.ResolverFile,
                HostsFile = folder.HostsFile,
                Now = _time.GetUtcNow(),
            });
            await CreateAsync(id, image, plan, labels.For(specification), folder);
        }
        catch
        {
            folder.Dispose();
            await removal.RemoveAsync(id);
            throw;
        }

        var exit = worker.RunAsync(output);
        var removed = RemoveAfterAsync(exit, id, folder, address);
        return new RunningWorker(
            address.ToString(),
            $"container {id}, {image.Name}, {limits.Description}",
            exit,
            () => StopAsync(worker, exit, removed));
    }

    private async Task CreateAsync(
        string id,
        ContainerImage image,
        OciContainer plan,
        Dictionary<string, string> marks,
        WorkerFolder folder)
    {
        var calls = containerd.Calls;
        var prepare = new PrepareSnapshotRequest
        {
            Snapshotter = ContainerdSettings.Snapshotter,
            Key = id,
            Parent = image.Chain[^1],
        };
        // Nothing refers to the snapshot until the container exists, so the lease protects it from garbage collection.
        prepare.Labels["containerd.io/gc.root"] = _time.GetUtcNow()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var container = new Container
        {
            Id = id,
            Image = image.Name,
            Runtime = new Container.Types.Runtime { Name = Runtime },
            Snapshotter = ContainerdSettings.Snapshotter,
            SnapshotKey = id,
            Spec = new Any
            {
                TypeUrl = SpecificationType,
                Value = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(plan, OciJson.Default.OciContainer)),
            },
        };
        foreach (var (key, value) in marks)
            prepare.Labels[key] = container.Labels[key] = value;
        var prepared = await calls.Snapshots.PrepareAsync(prepare);
        await calls.Containers.CreateAsync(new CreateContainerRequest { Container = container });
        var task = new CreateTaskRequest { ContainerId = id, Stdout = folder.OutputPath, Stderr = folder.ErrorPath };
        task.Rootfs.AddRange(prepared.Mounts);
        await calls.Tasks.CreateAsync(task);
        folder.LeaveToContainerd();
        await calls.Tasks.StartAsync(new StartRequest { ContainerId = id });
    }

    private async Task RemoveAfterAsync(Task<WorkerExit> exit, string id, WorkerFolder folder, IPAddress address)
    {
        await exit;
        await removal.RemoveAsync(id);
        folder.Dispose();
        _addresses.Return(address);
    }

    private static async Task StopAsync(ContainerdWorker worker, Task<WorkerExit> exit, Task removed)
    {
        await worker.StopAsync(exit);
        await removed;
    }
}
