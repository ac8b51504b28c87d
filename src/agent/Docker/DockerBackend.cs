using System.Net;
using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.AgentProtocol;
using Microsoft.Extensions.Logging;

namespace Esb.Agent.Docker;

/// <summary>
/// Runs workers as containers of a Docker Engine. <c>image</c> is one that the engine has or can pull.
/// </summary>
internal sealed class DockerBackend(
    DockerEngine engine,
    DockerSettings settings,
    OwnerLabels labels,
    ILogger<DockerBackend> logger,
    CancellationToken stopping) : IWorkerBackend
{
    private readonly ContainerRemoval _removal = new(engine.RemoveAsync, logger, stopping);
    private readonly ImagePresence _images = new(engine);
    private readonly TimeProvider _time = TimeProvider.System;

    public string Name => "docker";

    public string Description => $"containers of {settings.Socket} on the network {settings.Network}";

    public async Task<int> RemoveLeftoversAsync()
    {
        var owned = await engine.ListAsync(OwnerLabels.OwnerLabel, labels.Owner);
        var leftovers = owned.Where(container => labels.IsLeftover(container.Labels)).ToArray();
        await Task.WhenAll(leftovers.Select(container => _removal.RemoveAsync(container.Id)));
        return leftovers.Length;
    }

    public Task PrepareAsync(string image) => _images.EnsureAsync(image);

    public async Task<RunningWorker> StartAsync(
        StartWorkerRequest specification,
        Func<IReadOnlyList<LogLine>, Task> output)
    {
        try
        {
            var limits = ContainerLimits.From(specification, Environment.ProcessorCount);
            var surroundings = new ContainerPlan.Surroundings(
                settings.Network, await RuntimeApiAsync(specification), labels.For(specification), _time.GetUtcNow());
            var plan = ContainerPlan.Build(specification, limits, surroundings);
            await _images.EnsureAsync(plan.Image);
            var name = ContainerCommand.Name(specification);
            var id = await engine.CreateAsync(name, plan);
            var address = await RunAsync(id);
            var worker = new DockerWorker(engine, id, _time);
            var exit = worker.RunAsync(output);
            var removed = RemoveAfterAsync(exit, id);
            return new RunningWorker(address, $"container {name}, {plan.Image}, {limits.Description}", exit, () =>
                StopAsync(worker, exit, removed));
        }
        catch (EngineException e)
        {
            throw new CannotStartException(
                $"the Docker Engine refuses a container of {specification.Function}: {e.Message}");
        }
    }

    private async Task<string> RunAsync(string id)
    {
        try
        {
            await engine.StartAsync(id);
            var networks = (await engine.InspectAsync(id)).NetworkSettings.Networks;
            // The address is empty when the worker has ended already, which is reported like any other end.
            return networks?.GetValueOrDefault(settings.Network)?.Address ?? "";
        }
        catch (Exception e) when (e is EngineException or EngineUnavailableException)
        {
            await _removal.RemoveAsync(id);
            throw;
        }
    }

    private async Task<RuntimeApiAddress> RuntimeApiAsync(StartWorkerRequest specification)
    {
        var requested = RuntimeApiAddress.Parse(specification.RuntimeApi);
        try
        {
            // The network is queried even when the address is known, so that a missing network is reported before a
            // container is created.
            var network = await engine.InspectNetworkAsync(settings.Network);
            if (!requested.IsAnywhere)
                return requested;
            return network.Addresses?.Config?.Select(subnet => subnet.Gateway)
                .FirstOrDefault(gateway => IPAddress.TryParse(gateway, out _)) is { } machine
                ? requested with { Host = machine }
                : throw new CannotStartException($"containers on the network {settings.Network} cannot reach the "
                    + "gateway; set RUNTIME_API_ADVERTISE of the gateway to the host and port that workers can reach");
        }
        catch (EngineException e) when (e.Status == (int)HttpStatusCode.NotFound)
        {
            throw new CannotStartException($"the engine has no network {settings.Network}; "
                + $"create it (docker network create {settings.Network}), or set AGENT_WORKER_NETWORK to another one");
        }
    }

    private async Task RemoveAfterAsync(Task exit, string id)
    {
        await exit;
        await _removal.RemoveAsync(id);
    }

    private static async Task StopAsync(DockerWorker worker, Task exit, Task removed)
    {
        await worker.StopAsync(exit);
        await removed;
    }
}
