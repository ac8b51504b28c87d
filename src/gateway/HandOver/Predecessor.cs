using System.Net.Sockets;
using System.Text.Json;
using Esb.Gateway.Schedules;
using Esb.Host.Sockets;

namespace Esb.Gateway.HandOver;

/// <summary>
/// The running gateway, as seen by its successor. It serves normally until it is told to stop accepting connections.
/// </summary>
internal sealed class Predecessor : IDisposable
{
    // Before it answers, the running gateway only reads its files.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Socket _connection;

    private Predecessor(Socket connection, Given given, IReadOnlyDictionary<string, Socket> sockets)
    {
        _connection = connection;
        Workers = given.Workers;
        Version = given.Version;
        Sockets = sockets;
    }

    /// <summary>The number of workers of each function.</summary>
    public IReadOnlyDictionary<string, int> Workers { get; }

    public string Version { get; }

    /// <summary>The running gateway's listening sockets by name; the caller's listeners take ownership.</summary>
    public IReadOnlyDictionary<string, Socket> Sockets { get; }

    /// <returns>Null when no gateway listens on the path.</returns>
    /// <exception cref="HandOverException">The running gateway does not answer, or refuses the hand-over.</exception>
    public static Predecessor? Find(string path, string version)
    {
        Socket connection;
        try
        {
            connection = UnixSocket.Connect(path);
        }
        catch (SocketException)
        {
            return null;
        }

        try
        {
            return Ask(connection, version);
        }
        catch (Exception e) when (e is IOException or SocketException or JsonException)
        {
            connection.Dispose();
            throw new HandOverException($"the running gateway does not answer on {path}: {e.Message}");
        }
    }

    /// <summary>
    /// Reports that this gateway serves. The predecessor then stops accepting connections and finishes its work.
    /// </summary>
    /// <returns>
    /// The next run of each of its schedules; empty if it did not answer, in which case this gateway goes on alone.
    /// </returns>
    public async Task<IReadOnlyDictionary<ScheduledCall, DateTimeOffset>> TakeOverAsync(
        CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new NetworkStream(_connection, ownsSocket: false);
            await stream.WriteAsync(
                HandOverMessages.Line(new Take(true), HandOverJson.Default.Take), cancellationToken);
            using var reader = new StreamReader(stream, leaveOpen: true);
            var line = await reader.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Timeout, cancellationToken);
            return line is not null && JsonSerializer.Deserialize(line, HandOverJson.Default.Left) is { } left
                ? left.ToDictionary()
                : [];
        }
        catch (Exception e) when (e is IOException or JsonException or TimeoutException)
        {
            return new Dictionary<ScheduledCall, DateTimeOffset>();
        }
    }

    public void Dispose() => _connection.Dispose();

    private static Predecessor Ask(Socket connection, string version)
    {
        connection.Send(HandOverMessages.Line(
            new Offer(HandOverMessages.Protocol, version), HandOverJson.Default.Offer));
        if (!connection.Poll(Timeout, SelectMode.SelectRead))
            throw new IOException("its answer is empty");
        var first = new byte[4096];
        var (length, descriptors) = DescriptorPassing.Receive(connection, first);
        var sockets = descriptors.Select(d => new Socket(new SafeSocketHandle(d, ownsHandle: true))).ToList();
        var given = JsonSerializer.Deserialize(Line(connection, first.AsSpan(0, length)), HandOverJson.Default.Given)
            ?? throw new IOException("its answer is empty");
        if (given.Refused is { } reason)
            throw new HandOverException($"the running gateway (version {given.Version}) stays: {reason}");
        if (given.Sockets.Count != sockets.Count)
            throw new IOException("it has not given what it named");
        return new Predecessor(connection, given, given.Sockets.Zip(sockets)
            .ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
    }

    // The descriptors arrive with the first bytes; a long line needs further reads.
    private static byte[] Line(Socket connection, ReadOnlySpan<byte> first)
    {
        using var line = new MemoryStream();
        line.Write(first);
        var next = new byte[65_536];
        while (line.Length == 0 || line.GetBuffer()[line.Length - 1] != (byte)'\n')
        {
            if (!connection.Poll(Timeout, SelectMode.SelectRead)
                || connection.Receive(next) is not (> 0 and var length))
                throw new IOException("it has closed the connection");
            line.Write(next, 0, length);
        }

        return line.ToArray();
    }
}
