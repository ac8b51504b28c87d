using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Asynchronous;

/// <summary>
/// A separate platform, whose gateway is killed. <c>scripts/attack.sh async</c> runs the long version.
/// </summary>
internal sealed class KilledGatewayTests
{
    private const int Kills = 3;
    private const int Senders = 8;

    [Test]
    public async Task Every_event_that_was_accepted_runs_although_the_gateway_is_killed_again_and_again()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var seen = Path.Combine(platform.StateFolder, "seen");
        await platform.DeployAsync(platform.Write("later", Templates.Function(
            "later", "/later"), ("src/app.py", Templates.Handler(
            $"with open('{seen}', 'a') as f:",
            "    f.write(event['n'] + '\\n')"))));
        var accepted = new ConcurrentBag<string>();
        using var enough = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(s => SendAsync(platform, $"{s}", accepted, enough.Token))
            .ToList();
        for (var kill = 1; kill <= Kills; kill++)
        {
            var wanted = kill * 60;
            await Eventually.TrueAsync(() => accepted.Count >= wanted);
            await PlatformProcesses.KillAsync(platform, "esb-gateway");
            await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);
        }

        await enough.CancelAsync();
        await Task.WhenAll(senders);
        await Eventually.TrueAsync(() => accepted.Except(Lines(seen)).Any() == false);
    }

    private static async Task SendAsync(
        Platform platform,
        string sender,
        ConcurrentBag<string> accepted,
        CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var name = $"{sender}-{i}";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/later/invocations");
            request.Headers.Add("X-Amz-Invocation-Type", "Event");
            request.Content = new StringContent($$"""{"n":"{{name}}"}""", Encoding.UTF8, "application/json");
            try
            {
                using var response = await platform.Client.SendAsync(request, CancellationToken.None);
                if (response.StatusCode == HttpStatusCode.Accepted)
                    accepted.Add(name);
            }
            catch (HttpRequestException)
            {
                // The gateway is down; whether it accepted this event is unknown, so it is not counted.
            }
        }
    }

    private static string[] Lines(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];
}
