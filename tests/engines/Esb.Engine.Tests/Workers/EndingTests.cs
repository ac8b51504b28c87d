using Esb.Engine.Tests.Engines;

namespace Esb.Engine.Tests.Workers;

public sealed class EndingTests
{
    [Test]
    public async Task An_image_that_exits_at_once_is_reported_with_its_status_and_its_last_lines()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request();
        request.EntryPoint.AddRange(["/bin/sh", "-c", "echo cannot; printf unfinished >&2; exit 7"]);

        await stage.Session.StartAsync(request);

        var exited = await stage.Session.ExitAsync(request.WorkerId);
        await Assert.That(exited.Reason).IsEqualTo("exit status 7");
        await Assert.That(exited.Requested).IsFalse();
        await Assert.That(stage.Session.Lines(request.WorkerId).Select(line => line.Text))
            .IsEquivalentTo(["cannot", "unfinished"]);
        await stage.NothingIsLeftAsync();
    }

    [Test]
    public async Task A_worker_over_its_memory_limit_is_reported_as_out_of_memory()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request("app.memory", memory: 64);
        var started = await stage.Session.StartAsync(request);
        await stage.Api.AskedAsync(started.Address);

        _ = stage.Api.InvokeAsync(started.Address, """{"mebibytes":1024}""");

        var exited = await stage.Session.ExitAsync(request.WorkerId);
        await Assert.That(exited.OutOfMemory).IsTrue();
        await Assert.That(exited.Reason).IsEqualTo("signal: killed");
    }

    [Test]
    public async Task A_worker_that_ignores_the_request_to_stop_is_killed_and_leaves_nothing()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request();
        request.EntryPoint.AddRange(["/bin/sh", "-c", "trap '' TERM; echo deaf; sleep 300 & wait; sleep 300"]);
        await stage.Session.StartAsync(request);
        await Eventually.TrueAsync(() => stage.Session.Lines(request.WorkerId).Length == 1);

        await stage.Session.StopAsync(request.WorkerId);

        var exited = await stage.Session.ExitAsync(request.WorkerId);
        await Assert.That(exited.Reason).IsEqualTo("signal: killed");
        await Assert.That(exited.Requested).IsTrue();
        await Assert.That(await Run.Engine.OwnedAsync(stage.Owner)).IsEmpty();
    }

    [Test]
    public async Task The_end_of_a_session_ends_its_workers_which_leave_nothing()
    {
        await using var stage = await EngineStage.SetAsync();
        await Task.WhenAll(stage.WorkerAsync(), stage.WorkerAsync());
        await Assert.That(await Run.Engine.OwnedAsync(stage.Owner)).IsNotEmpty();

        await stage.Session.DisposeAsync();

        await stage.NothingIsLeftAsync();
    }
}
