using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Upgrading;

/// <summary>
/// One gateway replaces another while eight clients send requests without retries. <c>UPGRADE_ROUNDS</c> sets the
/// number of upgrades; the results are written to the file named by <c>UPGRADE_REPORT</c>.
/// </summary>
internal sealed class UpgradeUnderLoadTests
{
    private const int Clients = 8;

    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("UPGRADE_ROUNDS") ?? "6", CultureInfo.InvariantCulture);

    [Test]
    [NotInParallel]
    public async Task Upgrades_under_load_fail_and_misroute_no_request_and_run_every_accepted_event_once()
    {
        await using var upgraded = await UpgradedPlatform.CreateAsync();
        var platform = upgraded.Platform;
        using var idle = await PlainConnection.OpenAsync(platform.GatewayPort);
        await Assert.That((await idle.AskAsync("GET /one?number=0 HTTP/1.1")).Body).IsEqualTo("one 0");
        var first = await upgraded.ServingAsync();

        await using var load = UnkindLoad.Start(platform.GatewayPort, Clients);
        using var stop = new CancellationTokenSource();
        var events = Task.Run(() => OfferAsync(platform.GatewayPort, stop.Token));
        await Eventually.TrueAsync(() => load.Answers > 10 * Clients);
        for (var round = 0; round < Rounds; round++)
        {
            var answers = load.Answers;
            await upgraded.UpgradeAsync();
            await Eventually.TrueAsync(() => load.Answers > answers + (10 * Clients));
        }

        await stop.CancelAsync();
        var accepted = await events;
        await load.StopAsync();

        // The first gateway still serves clients that have a connection to it, and announces that the answer is the
        // last one.
        await Assert.That((await idle.AskAsync("GET /two?number=1 HTTP/1.1")).Body).IsEqualTo("two 1");
        await Assert.That(idle.IsEnded).IsTrue();
        await Eventually.TrueAsync(() => PlatformProcesses.Of(platform).Count(p => p.Name == "esb-gateway") == 1);
        await Assert.That(PlatformProcesses.GatewayOf(platform)).IsNotEqualTo(first);
        await Eventually.TrueAsync(() => upgraded.Written.Count >= accepted.Count);

        if (Environment.GetEnvironmentVariable("UPGRADE_REPORT") is { } report)
            await File.WriteAllTextAsync(
                report,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Rounds} upgrades under load: {load.Answers} requests, {load.Failed.Count} failed, "
                        + $"{load.Wrong.Count} misrouted, longest {load.Longest.TotalMilliseconds:0} ms; "
                        + $"{accepted.Count} events accepted, {upgraded.Written.Count} runs\n"));
        await Assert.That(load.Failed).IsEmpty();
        await Assert.That(load.Wrong).IsEmpty();
        await Assert.That(upgraded.Written.Order(StringComparer.Ordinal))
            .IsEquivalentTo(accepted.Order(StringComparer.Ordinal));
        await Assert.That((await platform.EsbAsync("status")).ExitCode).IsEqualTo(0);
    }

    // Returns the events that were answered with 202.
    private static async Task<List<string>> OfferAsync(int port, CancellationToken stop)
    {
        List<string> accepted = [];
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            using var connection = await PlainConnection.OpenAsync(port);
            var (status, _) = await connection.AskAsync(
                "POST /2015-03-31/functions/later/invocations HTTP/1.1\r\nX-Amz-Invocation-Type: Event",
                $"{{\"note\":\"event-{i}\"}}");
            if (status == 202)
                accepted.Add($"event-{i}");
            await Task.Delay(10, CancellationToken.None);
        }

        return accepted;
    }
}
