using System.Collections.Concurrent;
using System.Net.Sockets;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Swapping;

/// <summary>A request that was not answered with 200.</summary>
internal sealed record FailedRequest(DateTime Sent, DateTime Ended, string Text);

/// <summary>
/// Clients that send requests without a pause until they are stopped, and record what was wrong with answers.
/// </summary>
internal sealed class LoadOfClients : IAsyncDisposable
{
    private static readonly string[] Paths = ["/one", "/two", "/turning"];

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentQueue<FailedRequest> _failed = new();
    private readonly HttpClient _http;
    private readonly Task _clients;
    private readonly int[] _succeeded;
    private int _answers;

    private LoadOfClients(Platform platform, SwappedFiles files, int clients)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = clients,
        })
        { BaseAddress = platform.Client.BaseAddress, Timeout = Waits.Longest };
        _succeeded = new int[clients];
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(() => AskAsync(files, i))));
    }

    /// <summary>Answers with 200 that are not from the right function in the right version.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Requests that got no answer, or one other than 200.</summary>
    public IReadOnlyCollection<FailedRequest> Failed => _failed;

    /// <summary>The number of answers with 200 that each client has got.</summary>
    public IReadOnlyList<int> Succeeded => [.. _succeeded];

    /// <summary>The number of requests that have ended in any way.</summary>
    public int Answers => _answers;

    public static LoadOfClients Start(Platform platform, SwappedFiles files, int clients) =>
        new(platform, files, clients);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _clients;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task AskAsync(SwappedFiles files, int number)
    {
        for (var i = number; !_stop.IsCancellationRequested; i++)
        {
            var path = Paths[i % Paths.Length];
            var live = files.Live;
            var sent = DateTime.UtcNow;
            try
            {
                using var answer = await _http.GetAsync(path);
                var text = await answer.Content.ReadAsStringAsync();
                if ((int)answer.StatusCode != 200)
                    Fail(sent, $"{path} was answered with {(int)answer.StatusCode} {text}");
                else if (files.Problem(path, text, live) is { } problem)
                    _wrong.Enqueue(problem);
                else
                    Interlocked.Increment(ref _succeeded[number]);
            }
            // SocketsHttpHandler throws a bare SocketException if a connection ends while it is being made.
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
            {
                Fail(sent, $"{path} failed: {e.Message}");
                // Nothing listens: an immediate retry would only use the processor.
                await Task.Delay(20);
            }

            Interlocked.Increment(ref _answers);
        }
    }

    private void Fail(DateTime sent, string text) => _failed.Enqueue(new FailedRequest(sent, DateTime.UtcNow, text));
}
