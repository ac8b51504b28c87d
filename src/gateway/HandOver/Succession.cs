using System.Net.Sockets;
using System.Text.Json;
using Esb.Gateway.Admin;
using Esb.Gateway.Schedules;
using Esb.Host.Sockets;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.HandOver;

/// <summary>
/// Offers a hand-over to the next gateway. A gateway that connects gets the sockets. When it reports that it serves,
/// this gateway stops accepting connections. A connection that closes without a message changes nothing.
/// </summary>
/// <param name="path">The path of the Unix domain socket; null to offer no hand-over.</param>
/// <param name="place">The state and actions of this gateway.</param>
/// <param name="logger">Logs hand-overs.</param>
internal sealed partial class Succession(string? path, Succession.Place place, ILogger<Succession> logger)
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Socket? _listening;

    /// <summary>Completes when another gateway has taken over.</summary>
    public Task Taken => _taken.Task;

    /// <summary>Listens on the path. Connections wait for <see cref="RunAsync"/>.</summary>
    public void Listen()
    {
        if (path is not null)
            _listening = Listen(path);
    }

    /// <summary>Offers the hand-over until cancelled or taken.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var listening = _listening;
        while (listening is not null && !_taken.Task.IsCompleted)
        {
            using var successor = await listening.AcceptAsync(cancellationToken);
            try
            {
                await HandOverAsync(successor, cancellationToken);
            }
            catch (Exception e) when (e is IOException or SocketException or JsonException)
            {
                LogDisconnected(logger, e.Message);
            }
        }
    }

    // The rename replaces the socket of the predecessor, or of a dead process, in one step.
    private static Socket Listen(string path)
    {
        // The name is short because the whole path is limited to 107 bytes (unix(7)).
        var own = Path.Combine(Path.GetDirectoryName(path)!, $".{Environment.ProcessId}");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        File.Delete(own);
        socket.Bind(new UnixDomainSocketEndPoint(own));
        File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen();
        File.Move(own, path, overwrite: true);
        return socket;
    }

    private async Task HandOverAsync(Socket successor, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(successor, ownsSocket: false);
        using var reader = new StreamReader(stream, leaveOpen: true);
        if (await reader.ReadLineAsync(cancellationToken) is not { } first
            || JsonSerializer.Deserialize(first, HandOverJson.Default.Offer) is not { } offer)
            return;
        LogOffered(logger, offer.Version);
        if (offer.Protocol != HandOverMessages.Protocol)
        {
            DescriptorPassing.Send(
                successor,
                Line([], $"it uses hand-over protocol {HandOverMessages.Protocol}, not {offer.Protocol}"),
                []);
            return;
        }

        if (await place.ObjectionAsync(cancellationToken) is { } objection)
        {
            LogRefusal(logger, objection);
            DescriptorPassing.Send(successor, Line([], objection), []);
            return;
        }

        var sockets = place.Sockets();
        var line = Line([.. sockets.Select(s => s.Name)], null);
        DescriptorPassing.Send(
            successor, line.AsSpan(0, 1), [.. sockets.Select(s => (int)s.Handle.DangerousGetHandle())]);
        await stream.WriteAsync(line.AsMemory(1), cancellationToken);
        if (await reader.ReadLineAsync(cancellationToken) is not { } second
            || JsonSerializer.Deserialize(second, HandOverJson.Default.Take) is not { Serving: true })
        {
            LogDisconnected(logger, "it closed the connection before it began to serve");
            return;
        }

        var kept = await place.StopAcceptingAsync();
        LogTaken(logger, offer.Version);
        try
        {
            await stream.WriteAsync(HandOverMessages.Line(Left.Of(kept), HandOverJson.Default.Left), cancellationToken);
        }
        finally
        {
            _taken.TrySetResult();
        }
    }

    private byte[] Line(IReadOnlyList<string> sockets, string? refused) =>
        HandOverMessages.Line(
            new Given(HandOverMessages.Protocol, AdminHandler.Version, sockets, refused)
            {
                Workers = refused is null ? place.Workers() : new Dictionary<string, int>(),
            }, HandOverJson.Default.Given);

    /// <summary>The state and actions of the gateway that hands over.</summary>
    /// <param name="Workers">Returns the number of workers of each function.</param>
    /// <param name="Sockets">Returns the current listening sockets.</param>
    /// <param name="StopAcceptingAsync">
    /// Leaves the sockets to the other gateway, and returns the next run of each schedule.
    /// </param>
    /// <param name="ObjectionAsync">
    /// Returns the reason why a hand-over is not possible now; null when it is possible.
    /// </param>
    internal sealed record Place(
        Func<IReadOnlyDictionary<string, int>> Workers,
        Func<IReadOnlyList<(string Name, SafeSocketHandle Handle)>> Sockets,
        Func<Task<IReadOnlyDictionary<ScheduledCall, DateTimeOffset>>> StopAcceptingAsync,
        Func<CancellationToken, Task<string?>> ObjectionAsync);

    [LoggerMessage(Level = LogLevel.Information, Message = "A gateway of version {Version} asks to take over")]
    private static partial void LogOffered(ILogger logger, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gateway that asked to take over does not: {Reason}")]
    private static partial void LogRefusal(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "A gateway of version {Version} has taken over; this one finishes its work and ends")]
    private static partial void LogTaken(ILogger logger, string version);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The gateway that asked to take over has disconnected: {Reason}; this one continues")]
    private static partial void LogDisconnected(ILogger logger, string reason);
}
