using Esb.Engine.Tests.Engines;

namespace Esb.Engine.Tests.Workers;

public sealed class HealingTests
{
    [Test]
    public async Task Containers_of_a_killed_agent_are_removed_by_the_next_one_and_those_of_others_are_not()
    {
        await using var neighbour = await EngineStage.SetAsync();
        var spared = await neighbour.WorkerAsync();
        await using var stage = await EngineStage.SetAsync();
        await Task.WhenAll(stage.WorkerAsync(), stage.WorkerAsync());
        await stage.KillAgentAsync();
        var left = await Run.Engine.OwnedAsync(stage.Owner);
        await Assert.That(left).IsNotEmpty();

        await stage.StartAgentAsync();

        await Assert.That((await Run.Engine.OwnedAsync(stage.Owner)).Intersect(left)).IsEmpty();
        var worker = await stage.WorkerAsync();
        await Assert.That((await stage.Api.InvokeAsync(worker.Address, "{}")).Kind).IsEqualTo("response");
        await Assert.That((await neighbour.Api.InvokeAsync(spared.Address, "{}")).Kind).IsEqualTo("response");
    }

    [Test, NotInParallel]
    public async Task The_end_of_containerd_ends_its_workers_and_new_ones_start_once_it_runs_again()
    {
        // Other programs have containers on the machine's Docker Engine.
        if (Run.Engine is not ContainerdUnderTest)
            return;
        await using var containerd = await ContainerdUnderTest.StartAsync();
        await using var stage = await EngineStage.SetAsync(containerd.Settings);
        var request = stage.Request();
        var started = await stage.Session.StartAsync(request);
        await stage.Api.AskedAsync(started.Address);

        await containerd.KillAsync();

        await Assert.That((await stage.Session.ExitAsync(request.WorkerId)).Reason)
            .StartsWith("the connection to containerd on ").And.Contains(" was lost: ");
        var refusal = await stage.Session.RefusalAsync(stage.Request());
        await Assert.That(refusal.Status.Detail).StartsWith("no containerd answers on ");
        await containerd.StartAgainAsync();
        var worker = await stage.WorkerAsync();
        await Assert.That((await stage.Api.InvokeAsync(worker.Address, "{}")).Kind).IsEqualTo("response");
        await stage.Session.StopAsync(worker.Id);
        await NothingIsLeftInAsync(containerd, stage.Owner);
    }

    private static Task NothingIsLeftInAsync(ContainerdUnderTest containerd, string owner) =>
        Eventually.TrueAsync(async () => (await containerd.OwnedAsync(owner)).Length == 0);
}
