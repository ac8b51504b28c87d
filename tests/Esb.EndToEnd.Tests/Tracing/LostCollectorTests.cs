using Esb.EndToEnd.Tests.Platforms;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.Tracing;

/// <summary>A collector that does not run.</summary>
internal sealed class LostCollectorTests
{
    [Test]
    public async Task A_collector_that_is_down_costs_one_line_and_no_request()
    {
        await using var platform = new Platform(
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"http://127.0.0.1:{FreePorts.Take()}/here"),
            ("OTEL_BSP_SCHEDULE_DELAY", "20"));
        await platform.InitializeAsync();
        var log = Directory.EnumerateFiles(platform.StateFolder, "gateway.log", SearchOption.AllDirectories).Single();
        for (var sent = 0; sent < 50; sent++)
        {
            using var answer = await platform.Client.GetAsync("/none");
            await Assert.That((int)answer.StatusCode).IsEqualTo(403).Or.IsEqualTo(404);
            await Task.Delay(10);
        }

        await Eventually.TrueAsync(async () => await LinesAsync(log) > 0);
        await Assert.That(await LinesAsync(log)).IsEqualTo(1);
        var down = await platform.EsbAsync("down");
        await Assert.That(down.ExitCode).IsEqualTo(0);
        // A gateway that waited for its collector would be killed.
        await Assert.That(down.Output).DoesNotContain("killed");
    }

    private static async Task<int> LinesAsync(string log) => (await File.ReadAllLinesAsync(log))
        .Count(line => line.Contains("/here does not accept spans: ", StringComparison.Ordinal));
}
