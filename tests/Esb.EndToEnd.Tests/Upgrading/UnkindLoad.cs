using System.Collections.Concurrent;
using System.Diagnostics;

namespace Esb.EndToEnd.Tests.Upgrading;

/// <summary>
/// Clients that send requests without a pause: even ones on a connection that they keep as long as allowed, odd ones on
/// a new connection each time. Each request has its own number, which the answer must contain.
/// </summary>
internal sealed class UnkindLoad : IAsyncDisposable
{
    private static readonly string[] Functions = ["one", "two"];

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failed = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly int _port;
    private readonly Task _clients;
    private int _asked;
    private int _answers;
    private long _longest;

    private UnkindLoad(int port, int clients)
    {
        _port = port;
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(() => AskAsync(keeps: i % 2 == 0))));
    }

    public IReadOnlyCollection<string> Failed => _failed;

    /// <summary>Answers that belong to another request.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    public int Answers => Volatile.Read(ref _answers);

    /// <summary>The longest duration of a request, including that of opening its connection.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    public static UnkindLoad Start(int port, int clients) => new(port, clients);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _clients;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task AskAsync(bool keeps)
    {
        PlainConnection? connection = null;
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _asked);
            var function = Functions[number % Functions.Length];
            var started = Stopwatch.GetTimestamp();
            try
            {
                connection ??= await PlainConnection.OpenAsync(_port);
                var (status, body) = await connection.AskAsync($"GET /{function}?number={number} HTTP/1.1");
                if (status != 200)
                    _failed.Enqueue($"{function} {number} was answered with {status} {body}");
                else if (body != $"{function} {number}")
                    _wrong.Enqueue($"{function} {number} was answered with '{body}'");
            }
            catch (Exception e)
                when (e is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
            {
                _failed.Enqueue($"{function} {number} on a {(keeps ? "kept" : "new")} connection: {e.Message}");
                connection?.Dispose();
                connection = null;
            }

            Note(Stopwatch.GetElapsedTime(started));
            if (!keeps || connection is { IsEnded: true })
            {
                connection?.Dispose();
                connection = null;
            }
        }

        connection?.Dispose();
    }

    private void Note(TimeSpan took)
    {
        Interlocked.Increment(ref _answers);
        for (var longest = Interlocked.Read(
            ref _longest); took.Ticks > longest; longest = Interlocked.Read(ref _longest))
        {
            if (Interlocked.CompareExchange(ref _longest, took.Ticks, longest) == longest)
                return;
        }
    }
}
