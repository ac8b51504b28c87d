using System.Net.Sockets;
using Esb.Cli.Processes;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Platform.Ports;

/// <summary>Checks that ports are free before anything is started.</summary>
internal static class PortCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="CommandFailure">One error for each port that is taken.</exception>
    public static async Task CheckAsync(
        IReadOnlyList<PortClaim> claims, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (claims.Where(claim => !IsFree(claim))
            .Select(claim => (Claim: claim, Owner: PortOwner.Find(claim.EndPoint.Port)?.ToString()))
            .ToList() is { Count: > 0 } taken)
        {
            // A process that was just killed may still have its port, and can no longer be named.
            if (taken.Exists(t => t.Owner is not null) || time.GetElapsedTime(since) > Timeout)
                throw new CommandFailure(ExitCode.Failure, [.. taken.Select(t => Taken(t.Claim, t.Owner))]);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    internal static Diagnostic Taken(PortClaim claim, string? owner) => new(
        Severity.Error,
        DiagnosticCodes.Environment,
        $"port {claim.EndPoint.Port}, for the {claim.Purpose}, is in use by {owner ?? "another process"}",
        Help: $"stop that, or set {claim.Variable} to a free port");

    /// <summary>Whether the port is free.</summary>
    /// <exception cref="CommandFailure">This user may not listen on the port.</exception>
    internal static bool IsFree(PortClaim claim)
    {
        using var socket = new Socket(claim.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(claim.EndPoint);
            socket.Listen();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw CommandFailure.Environment(
                $"port {claim.EndPoint.Port}, for the {claim.Purpose}, may not be opened by this user",
                $"set {claim.Variable} to a port above 1023");
        }
    }
}
