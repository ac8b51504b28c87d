using Esb.Agent.Launching;
using Esb.Agent.Limits;
using Esb.Agent.Listening;
using Esb.Agent.Processes;
using Esb.Agent.Runtimes;
using Esb.Agent.Sessions;
using Esb.Agent.Settings;
using Microsoft.Extensions.Logging;

namespace Esb.Agent;

/// <summary>The whole agent: made of its parts in order, run until told to stop. The table of contents of this project.</summary>
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
        var logger = logging.CreateLogger("Esb.Agent.AgentProcess");

        // The socket is the way to start anything as this user: nobody else may ever open it, not even for a moment.
        Native.UserMask(OnlyForTheOwner);
        using var socket = SocketFile.Claim(settings.Socket);
        var limits = new MemoryLimits(DelegatedCgroup.Find(settings.Cgroup), settings.Socket);
        if (OwnedProcesses.KillAllOf(settings.Socket) is var killed and > 0)
            LogLeftovers(logger, killed);
        await limits.RemoveLeftoversAsync();

        using var children = new ChildProcesses();
        var search = new InterpreterSearch(new InterpreterQuestion(children).AskAsync, logging.CreateLogger<InterpreterSearch>());
        var runtimes = new RuntimeCommands(search, BootstrapFiles.Install(settings.StateFolder), new BotocoreData(settings.StateFolder));
        var home = Directory.CreateDirectory(Path.Combine(settings.StateFolder, "home")).FullName;
        var backend = new ProcessBackend(settings.Socket, runtimes, children, limits, home);

        var calls = new AgentCalls(backend, logging.CreateLogger<AgentCalls>(), stopping);
        await using var server = GrpcServer.Build(settings.Socket, calls, logging);
        await server.StartAsync(stopping);
        File.SetUnixFileMode(settings.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        LogReady(logger, backend.Name, settings.Socket);
        await WhenCancelled(stopping);
        await calls.EndAllAsync();
        await server.StopAsync(CancellationToken.None);
        OwnedProcesses.KillAllOf(settings.Socket);
    }

    private static async Task WhenCancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} processes of a dead predecessor ended")]
    private static partial void LogLeftovers(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Backend {Backend} ready on {Socket}; workers have the rights of this user: for development and for code that you trust")]
    private static partial void LogReady(ILogger logger, string backend, string socket);
}
