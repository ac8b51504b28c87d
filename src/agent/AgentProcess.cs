using Esb.Agent.Backends;
using Esb.Agent.Containerd;
using Esb.Agent.Containers;
using Esb.Agent.Docker;
using Esb.Agent.Images;
using Esb.Agent.Launching;
using Esb.Agent.Limits;
using Esb.Agent.Listening;
using Esb.Agent.Processes;
using Esb.Agent.Runtimes;
using Esb.Agent.Sessions;
using Esb.Agent.Settings;
using Esb.Host.Processes;
using Esb.Host.Systemd;
using Microsoft.Extensions.Logging;

namespace Esb.Agent;

/// <summary>
/// The whole agent: creates the parts in order and runs until it is told to stop. New readers should start here.
/// </summary>
internal static partial class AgentProcess
{
    private const uint OnlyForTheOwner = 0b000_111_111;

    public static async Task RunAsync(AgentSettings settings, CancellationToken stopping)
    {
        using var logging = LoggerFactory.Create(builder => builder
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning)
            .AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            }));

        // Whoever can connect to the socket can start programs as this user, so no other user may ever open it, not
        // even briefly.
        Native.UserMask(OnlyForTheOwner);
        using var socket = SocketFile.Claim(settings.Socket);
        if (settings.Docker is { } docker)
        {
            using var engine = new EngineConnection(docker.Socket);
            var backend = new DockerBackend(
                new DockerEngine(
                    engine), docker, new OwnerLabels(settings.Owner), logging.CreateLogger<DockerBackend>(), stopping);
            await ServeAsync(settings, socket, backend, logging, stopping);
        }
        else if (settings.Containerd is { } containerd)
        {
            using var client = new ContainerdClient(containerd.Socket);
            using var registry = new RegistryClient(containerd.Registries);
            var removal = new ContainerRemoval(
                new TaskRemoval(client).RemoveAsync, logging.CreateLogger<ContainerRemoval>(), stopping);
            var backend = new ContainerdBackend(
                client, new ImageStore(client, registry), containerd, new OwnerLabels(settings.Owner), removal);
            await ServeAsync(settings, socket, backend, logging, stopping);
        }
        else
        {
            using var children = new ChildProcesses();
            await ServeAsync(settings, socket, Processes(settings, children, logging), logging, stopping);
            OwnedProcesses.KillAllOf(settings.Owner);
        }
    }

    private static ProcessBackend Processes(AgentSettings settings, ChildProcesses children, ILoggerFactory logging)
    {
        var limits = new MemoryLimits(DelegatedCgroup.Find(settings.Cgroup), settings.Owner);
        var search = new InterpreterSearch(
            new InterpreterQueryProcess(children).RunAsync, logging.CreateLogger<InterpreterSearch>());
        var runtimes = new RuntimeCommands(
            search, BootstrapFiles.Install(settings.StateFolder), new BotocoreData(settings.StateFolder))
        {
            MachinePackages = settings.MachinePackages,
            NodeSdk = Path.Combine(settings.NodeSdk, "node_modules"),
        };
        var home = Directory.CreateDirectory(Path.Combine(settings.StateFolder, "home")).FullName;
        return new ProcessBackend(settings.Owner, runtimes, children, limits, home);
    }

    private static async Task ServeAsync(
        AgentSettings settings,
        SocketFile socket,
        IWorkerBackend backend,
        ILoggerFactory logging,
        CancellationToken stopping)
    {
        await new LeftoverRemoval(backend, logging.CreateLogger<LeftoverRemoval>()).RunAsync(stopping);
        var calls = new AgentCalls(backend, logging.CreateLogger<AgentCalls>(), stopping);
        await using var server = GrpcServer.Build(settings.Socket, calls, logging);
        await server.StartAsync(stopping);
        socket.Open(settings.SocketGroup);
        var logger = logging.CreateLogger("Esb.Agent.AgentProcess");
        LogReady(logger, backend.Name, settings.Socket, backend.Description);
        SdNotify.Ready();
        await WhenCancelled(stopping);
        SdNotify.Stopping();
        await calls.EndAllAsync();
        await server.StopAsync(CancellationToken.None);
    }

    private static async Task WhenCancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Backend {Backend} ready on {Socket}; {Description}")]
    private static partial void LogReady(ILogger logger, string backend, string socket, string description);
}
