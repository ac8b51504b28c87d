using System.Net.Sockets;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Host.Sockets;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>A Unix domain socket.</summary>
/// <param name="What">Whose it is.</param>
/// <param name="Path">Where.</param>
/// <param name="Expected">Somebody should listen there.</param>
/// <param name="Exists">The file is there.</param>
/// <param name="Reason">Why nobody answers; null when somebody does.</param>
/// <param name="Advice">What to do then.</param>
internal sealed record SocketReading(string What, string Path, bool Expected, bool Exists, string? Reason, string Advice);

/// <summary>Somebody listens on each socket that is needed.</summary>
internal static class SocketsCheck
{
    private const string Name = "sockets";

    /// <summary>Looks, and judges what it sees.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(Patient patient, CancellationToken cancellationToken) =>
        Of(await Reader.ReadAsync(patient, cancellationToken));

    public static IEnumerable<Finding> Of(IEnumerable<SocketReading> sockets) => sockets.Select(socket => socket switch
    {
        { Reason: null } => Finding.Ok(Name, $"{socket.What} answers on {socket.Path}"),
        { Expected: false } => Finding.Ok(Name, $"{socket.What} will have {socket.Path}"),
        { Exists: false } => Finding.Fail(Name, $"{socket.What}: {socket.Path} is not there", socket.Advice),
        _ => Finding.Fail(Name, $"{socket.What}: {socket.Path}: {socket.Reason}", socket.Advice),
    });

    /// <summary>Connects to the sockets that the platform needs.</summary>
    private static class Reader
    {
        private const string UsualEngine = "/var/run/docker.sock";
        private const string Scheme = "unix://";

        public static async Task<IReadOnlyList<SocketReading>> ReadAsync(Patient patient, CancellationToken cancellationToken)
        {
            if (patient.Settings.IsInContainers)
                return patient.Settings.Mode == PlatformMode.Docker ? [await ReadAsync("Docker Engine", EnginePath(patient), true, "start the engine, or set DOCKER_SOCKET for the agent's container", cancellationToken)] : [];
            var path = patient.State?.Addresses.AgentSocket ?? AgentSocket.Path(patient.Settings.State, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
            return [await ReadAsync("agent", path, patient.Find(ComponentKind.Agent) is not null, "esb down, then esb up", cancellationToken)];
        }

        // What the agent's container is given.
        private static string EnginePath(Patient patient)
        {
            if (patient.Settings.EnvFile.GetValueOrDefault("DOCKER_SOCKET") is { Length: > 0 } set)
                return set;
            return Environment.GetEnvironmentVariable("DOCKER_HOST") is { } host && host.StartsWith(Scheme, StringComparison.Ordinal) ? host[Scheme.Length..] : UsualEngine;
        }

        private static async Task<SocketReading> ReadAsync(string what, string path, bool expected, string advice, CancellationToken cancellationToken)
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
