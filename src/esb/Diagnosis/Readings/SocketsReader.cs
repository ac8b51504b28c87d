using System.Net.Sockets;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Host.Sockets;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Connects to the sockets that the platform needs.</summary>
internal static class SocketsReader
{
    private const string UsualEngine = "/var/run/docker.sock";
    private const string Scheme = "unix://";

    public static async Task<IReadOnlyList<SocketReading>> ReadAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Settings.IsInContainers)
            return patient.Settings.Mode == "docker" ? [await ReadAsync("Docker Engine", EnginePath(patient), true, "start the engine, or set DOCKER_SOCKET for the agent's container", cancellationToken)] : [];
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
