using System.Net.Sockets;
using System.Text.Json;
using Esb.Gateway.Admin;
using Esb.Gateway.Schedules;
using Esb.Host.Sockets;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.HandOver;

/// <summary>
/// This gateway's offer to give its place to another one: whoever connects gets the sockets, and when it says that it serves, this one stops
/// to accept. One that comes and goes without a word changes nothing.
/// </summary>
/// <param name="path">Of the Unix domain socket; null: it is not offered.</param>
/// <param name="place">What is given away.</param>
/// <param name="logger">For what happens.</param>
internal sealed partial class Succession(string? path, Succession.Place place, ILogger<Succession> logger)
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Socket? _listening;

    /// <summary>Ends when another gateway has taken over.</summary>
    public Task Taken => _taken.Task;

    /// <summary>Takes the path. Whoever asks from now on waits for <see cref="RunAsync"/>.</summary>
    public void Listen()
    {
        if (path is not null)
            _listening = Listen(path);
    }

    /// <summary>Offers until cancelled, or until it is taken.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var listening = _listening;
        while (listening is not null && !_taken.Task.IsCompleted)
        {
            using var successor = await listening.AcceptAsync(cancellationToken);
            try
            {
                await GiveAsync(successor, cancellationToken);
            }
            catch (Exception e) when (e is IOException or SocketException or JsonException)
            {
                LogGone(logger, e.Message);
            }
        }
    }

    // The rename puts it in the place of the predecessor's, or of a dead one's, in one step.
    private static Socket Listen(string path)
    {
        // A short name: the whole path may have no more than 107 bytes (unix(7)).
        var own = Path.Combine(Path.GetDirectoryName(path)!, $".{Environment.ProcessId}");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        File.Delete(own);
        socket.Bind(new UnixDomainSocketEndPoint(own));
        File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        socket.Listen();
        File.Move(own, path, overwrite: true);
        return socket;
    }

    private async Task GiveAsync(Socket successor, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(successor, ownsSocket: false);
        using var reader = new StreamReader(stream, leaveOpen: true);
        if (await reader.ReadLineAsync(cancellationToken) is not { } first || JsonSerializer.Deserialize(first, HandOverJson.Default.Offer) is not { } offer)
            return;
        LogOffered(logger, offer.Version);
        if (offer.Protocol != HandOverMessages.Protocol)
        {
            DescriptorPassing.Send(successor, Line([], $"it hands over by protocol {HandOverMessages.Protocol}, not {offer.Protocol}"), []);
            return;
        }

        var sockets = place.Sockets();
        var line = Line([.. sockets.Select(s => s.Name)], null);
        DescriptorPassing.Send(successor, line.AsSpan(0, 1), [.. sockets.Select(s => (int)s.Handle.DangerousGetHandle())]);
        await stream.WriteAsync(line.AsMemory(1), cancellationToken);
        if (await reader.ReadLineAsync(cancellationToken) is not { } second || JsonSerializer.Deserialize(second, HandOverJson.Default.Take) is not { Serving: true })
        {
            LogGone(logger, "it has closed the connection before it served");
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
        HandOverMessages.Line(new Given(HandOverMessages.Protocol, AdminHandler.Version, sockets, refused) { Workers = refused is null ? place.Workers() : new Dictionary<string, int>() }, HandOverJson.Default.Given);

    /// <summary>What a gateway gives away.</summary>
    /// <param name="Workers">How many workers each function has.</param>
    /// <param name="Sockets">On which it listens, as they are when it is asked.</param>
    /// <param name="StopAcceptingAsync">Leaves the sockets to the other; gives when schedules are due next.</param>
    internal sealed record Place(
        Func<IReadOnlyDictionary<string, int>> Workers,
        Func<IReadOnlyList<(string Name, SafeSocketHandle Handle)>> Sockets,
        Func<Task<IReadOnlyDictionary<ScheduledCall, DateTimeOffset>>> StopAcceptingAsync);

    [LoggerMessage(Level = LogLevel.Information, Message = "A gateway of version {Version} asks to take over")]
    private static partial void LogOffered(ILogger logger, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "A gateway of version {Version} has taken over; this one finishes what it has and ends")]
    private static partial void LogTaken(ILogger logger, string version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gateway that asked to take over has gone: {Reason}; this one goes on")]
    private static partial void LogGone(ILogger logger, string reason);
}
