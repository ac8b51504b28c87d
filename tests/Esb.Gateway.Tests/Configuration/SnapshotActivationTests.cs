using Esb.Gateway.Configuration;
using Microsoft.Extensions.Logging;
using static Esb.Gateway.Tests.Configuration.ReloadUnderTest;

namespace Esb.Gateway.Tests.Configuration;

/// <summary>What follows a swap.</summary>
internal sealed class SnapshotActivationTests
{
    [Test]
    public async Task The_steps_run_in_order_and_see_the_snapshot_that_is_served_and_the_pools_that_it_replaced()
    {
        List<string> ran = [];
        var log = new LogLines();
        ReloadUnderTest test = null!;
        using var reload = test = new ReloadUnderTest(Activation(
            log,
            new("first", (next, _) => ran.Add($"first {test.Live.Current == next}")),
            new("second", (_, replaced) => ran.Add($"second {string.Join(' ', replaced.Select(r => r.Function))}"))));
        test.Write("a", "b");
        await test.ReloadAsync();

        test.Write("b");
        await test.ReloadAsync();

        await Assert.That(ran).IsEquivalentTo(["first True", "second ", "first True", "second a"]);
        await Assert.That(log.Lines).IsEmpty();
    }

    [Test]
    public async Task A_failed_step_is_logged_as_a_defect_and_neither_stops_the_others_nor_fails_the_reload()
    {
        List<string> ran = [];
        var log = new LogLines();
        using var test = new ReloadUnderTest(Activation(
            log,
            new("broken", (_, _) => throw new InvalidOperationException("cause")),
            new("next", (_, _) => ran.Add("next"))));
        test.Write("a");

        await test.ReloadAsync();

        await Assert.That(ran).IsEquivalentTo(["next"]);
        await Assert.That(test.Served).IsEqualTo("GET /a→a");
        await Assert.That(test.Reloader.LastError).IsNull();
        await Assert.That(test.Reloader.Statistics.Failed).IsEqualTo(0);
        await Assert.That(log.Lines.Single()).Contains("is served, but a step after the swap failed")
            .And.Contains("broken");
    }

    private static SnapshotActivation Activation(LogLines log, params ActivationStep[] steps) =>
        new(steps, new LoggerFactory([log]).CreateLogger<SnapshotActivation>());
}
