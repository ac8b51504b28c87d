using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Esb.Benchmarks;

/// <summary>How long after a route is written to routing.yml it answers differently.</summary>
internal static class WriteToLive
{
    private const int Rounds = 20;

    public static async Task<int> RunAsync(string folder, Uri gateway)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        var path = Path.Combine(folder, "routing.yml");
        var before = await File.ReadAllTextAsync(path);
        var times = new List<double>();
        try
        {
            for (var i = 0; i < Rounds; i++)
            {
                var route = $"/live-{Guid.NewGuid():N}";
                var temporary = path + ".new";
                await File.WriteAllTextAsync(temporary, before.Replace("routes:", $"routes:\n  - {{ path: {route}, method: OPTIONS, function: {FirstFunction(before)}, cors: {{ allow_origins: ['*'] }} }}", StringComparison.Ordinal));
                var started = Stopwatch.GetTimestamp();
                File.Move(temporary, path, overwrite: true);
                while (!await ServedAsync(http, route))
                    await Task.Yield();
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
        finally
        {
            await File.WriteAllTextAsync(path, before);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"p50_ms\":{times[Rounds / 2]:0.0},\"max_ms\":{times[^1]:0.0}}}"));
        return 0;
    }

    private static async Task<bool> ServedAsync(HttpClient http, string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, route);
        request.Headers.Add("Origin", "http://example.com");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await http.SendAsync(request);
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent;
    }

    private static string FirstFunction(string routing)
    {
        var at = routing.IndexOf("function:", StringComparison.Ordinal) + "function:".Length;
        return routing[at..routing.IndexOf('\n', at)].Trim();
    }
}
