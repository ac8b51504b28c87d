using System.Diagnostics;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Load;

/// <summary>Clients on their own threads that repeat one request, each with one request at a time.</summary>
internal static class HttpLoad
{
    /// <param name="port">The port of the server.</param>
    /// <param name="path">The path of the requests; every answer must be 200.</param>
    /// <param name="clients">The number of clients.</param>
    /// <param name="duration">How long the load lasts.</param>
    /// <param name="pause">The pause between two requests of one client; zero for as fast as possible.</param>
    /// <param name="headers">Headers of each request, each with its line end.</param>
    public static LoadResult Run(
        int port,
        string path,
        int clients,
        TimeSpan duration,
        TimeSpan pause = default,
        string headers = "")
    {
        var request = RawClient.Request("GET", path, headers);
        return Run(port, clients, duration, (_, _) => request, pause);
    }

    /// <summary>The same, with different requests.</summary>
    /// <param name="port">The port of the server.</param>
    /// <param name="clients">The number of clients.</param>
    /// <param name="duration">How long the load lasts.</param>
    /// <param name="request">The request by the number of the client and of the request.</param>
    /// <param name="pause">The pause between two requests of one client.</param>
    public static LoadResult Run(
        int port,
        int clients,
        TimeSpan duration,
        Func<int, int, byte[]> request,
        TimeSpan pause = default)
    {
        var results = new List<TimedRequest>[clients];
        Exception? failure = null;
        var started = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, clients).Select(i => new Thread(() =>
        {
            try
            {
                results[i] = Client(port, number => request(i, number), started, duration, pause);
            }
            catch (Exception e) when (
                e is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
            {
                failure = e;
                results[i] = [];
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (failure is not null)
            throw new InvalidOperationException($"under load: {failure.Message}");
        return new LoadResult([.. results.SelectMany(r => r)], Stopwatch.GetElapsedTime(started));
    }

    private static List<TimedRequest> Client(
        int port,
        Func<int, byte[]> request,
        long started,
        TimeSpan duration,
        TimeSpan pause)
    {
        using var client = new RawClient(port);
        List<TimedRequest> requests = new(100_000);
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            var next = request(requests.Count);
            var sent = Stopwatch.GetTimestamp();
            if (client.Send(next) is var status and not 200)
                throw new InvalidOperationException($"a request was answered {status}: {client.Content}");
            requests.Add(new TimedRequest(sent, Stopwatch.GetTimestamp()));
            if (pause > TimeSpan.Zero)
                Thread.Sleep(pause);
        }

        return requests;
    }
}

/// <summary>The timestamps at which a request was sent and its answer had arrived.</summary>
internal readonly record struct TimedRequest(long Sent, long Answered)
{
    public double Microseconds => Stopwatch.GetElapsedTime(Sent, Answered).TotalMicroseconds;
}

/// <summary>All requests of a load.</summary>
internal sealed record LoadResult(IReadOnlyList<TimedRequest> Requests, TimeSpan Duration)
{
    public double P50 => Median.Percentile(Requests.Select(r => r.Microseconds), 0.5);

    public double P99 => Median.Percentile(Requests.Select(r => r.Microseconds), 0.99);

    public double PerSecond => Requests.Count / Duration.TotalSeconds;
}
