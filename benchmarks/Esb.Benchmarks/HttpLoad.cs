using System.Diagnostics;
using System.Globalization;

namespace Esb.Benchmarks;

/// <summary>Asks one URL again and again, one request at a time for each client, and prints p50, p99 and requests a second.</summary>
internal static class HttpLoad
{
    public static async Task<int> RunAsync(Uri url, int clients, int requests)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = clients });
        for (var i = 0; i < Math.Min(500, requests); i++)
            await http.GetByteArrayAsync(url);
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => ClientAsync(http, url, requests / clients)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var sorted = times.SelectMany(t => t).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"p50_us\":{sorted[sorted.Length / 2]:0},\"p99_us\":{sorted[(int)(sorted.Length * 0.99)]:0},\"per_second\":{sorted.Length / elapsed.TotalSeconds:0}}}"));
        return 0;
    }

    private static async Task<double[]> ClientAsync(HttpClient http, Uri url, int requests)
    {
        var times = new double[requests];
        for (var i = 0; i < requests; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync(url);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        return times;
    }
}
