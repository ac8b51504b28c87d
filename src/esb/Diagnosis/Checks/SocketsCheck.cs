using System.Net.Sockets;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Host.Sockets;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>A Unix domain socket.</summary>
/// <param name="What">The program that listens on it.</param>
/// <param name="Path">The path of the socket.</param>
/// <param name="Expected">Whether a program should listen on it.</param>
/// <param name="Exists">Whether the file exists.</param>
/// <param name="Reason">Why the connection failed; null when it succeeded.</param>
/// <param name="Advice">The advice for a failure.</param>
internal sealed record SocketReading(
    string What, string Path, bool Expected, bool Exists, string? Reason, string Advice);

/// <summary>Checks that a program listens on each socket that is needed.</summary>
internal static class SocketsCheck
{
    private const string Name = "sockets";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(
        DiagnosedPlatform platform, CancellationToken cancellationToken) =>
        Of(await Reader.ReadAsync(platform, cancellationToken));

    public static IEnumerable<Finding> Of(IEnumerable<SocketReading> sockets) => sockets.Select(socket => socket switch
    {
        { Reason: null } => Finding.Ok(Name, $"{socket.What} answers on {socket.Path}"),
        { Expected: false } => Finding.Ok(Name, $"{socket.What} will have {socket.Path}"),
        { Exists: false } => Finding.Fail(Name, $"{socket.What}: {socket.Path} does not exist", socket.Advice),
        _ => Finding.Fail(Name, $"{socket.What}: {socket.Path}: {socket.Reason}", socket.Advice),
    });

    /// <summary>Connects to the sockets that the platform needs.</summary>
    private static class Reader
    {
        private const string DefaultEngine = "/var/run/docker.sock";
        private const string Scheme = "unix://";

        public static async Task<IReadOnlyList<SocketReading>> ReadAsync(
            DiagnosedPlatform platform, CancellationToken cancellationToken)
        {
            if (platform.Settings.IsInContainers)
                return platform.Settings.Mode == PlatformMode.Docker
                    ? [await ReadAsync(
                        "Docker Engine",
                        EnginePath(platform),
                        true,
                        "start the engine, or set DOCKER_SOCKET for the agent's container",
                        cancellationToken)]
                    : [];
            var path = platform.State?.Addresses.AgentSocket
                ?? AgentSocket.Path(platform.Settings.State, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
            return [await ReadAsync(
                "agent",
                path,
                platform.Find(ComponentKind.Agent) is not null,
                "esb down, then esb up",
                cancellationToken)];
        }

        // The socket that is mounted into the agent's container.
        private static string EnginePath(DiagnosedPlatform platform)
        {
            if (platform.Settings.EnvFile.GetValueOrDefault("DOCKER_SOCKET") is { Length: > 0 } set)
                return set;
            return Environment.GetEnvironmentVariable("DOCKER_HOST") is { } host
                && host.StartsWith(Scheme, StringComparison.Ordinal)
                ? host[Scheme.Length..]
                : DefaultEngine;
        }

        private static async Task<SocketReading> ReadAsync(
            string what, string path, bool expected, string advice, CancellationToken cancellationToken)
        {
            try
            {
                using var socket = await UnixSocket.ConnectAsync(path, cancellationToken);
                return new SocketReading(what, path, expected, true, null, advice);
            }
            catch (SocketException e)
            {
                return new SocketReading(what, path, expected, File.Exists(path), e.Message, advice);
            }
        }
    }
}
