using Esb.Engine.Tests.Engines;
using Grpc.Core;

namespace Esb.Engine.Tests.Workers;

public sealed class RefusalTests
{
    [Test]
    public async Task An_image_that_does_not_exist_is_refused_with_its_name_and_a_remedy()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request();
        request.Image = "127.0.0.1:5010/esb-engine-tests/no-such-image:1";

        var refusal = await stage.Session.RefusalAsync(request);

        await Assert.That(refusal.StatusCode).IsEqualTo(StatusCode.FailedPrecondition);
        await Assert.That(refusal.Status.Detail).Contains("127.0.0.1:5010/esb-engine-tests/no-such-image:1")
            .And.Contains("deploy");
    }

    [Test]
    public async Task An_image_for_another_architecture_is_refused_before_anything_is_started()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request();
        request.Image = Run.Foreign;

        var refusal = await stage.Session.RefusalAsync(request);

        await Assert.That(refusal.Status.Detail).Contains(" is for ").And.Contains("build it with --platform linux/");
        await Assert.That(await Run.Engine.OwnedAsync(stage.Owner)).IsEmpty();
    }

    [Test]
    public async Task A_program_that_is_missing_in_the_image_is_refused_and_nothing_is_left()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request();
        request.EntryPoint.Add("/no/such/program");

        var refusal = await stage.Session.RefusalAsync(request);

        await Assert.That(refusal.Status.Detail).Contains("/no/such/program").And.Contains("no such file or directory");
        await Assert.That(await Run.Engine.OwnedAsync(stage.Owner)).IsEmpty();
    }

    [Test]
    public async Task A_function_without_an_image_is_refused_with_the_mode_to_deploy_it_for()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request();
        request.Image = "";

        var refusal = await stage.Session.RefusalAsync(request);

        await Assert.That(refusal.Status.Detail).IsEqualTo($"{stage.Owner} has no image, "
            + "and this platform runs containers; deploy it with --mode docker or --mode containerd");
    }

    [Test]
    public async Task An_agent_without_its_engine_serves_and_reports_which_socket_is_missing()
    {
        using var folder = new TemporaryFolder();
        var missing = folder.File("engine.sock");
        await using var stage = await EngineStage.SetAsync(
            Run.Engine.SettingOfSocket(missing), ("CONTAINERD_NETWORK_HOOK", "/no/hook"));

        var refusal = await stage.Session.RefusalAsync(stage.Request());

        await Assert.That(refusal.StatusCode).IsEqualTo(StatusCode.FailedPrecondition);
        await Assert.That(refusal.Status.Detail).StartsWith($"there is no {missing}: start ");
    }

    [Test]
    public async Task A_network_that_does_not_exist_is_refused_with_the_setting_that_names_it()
    {
        var (settings, said) = Run.Mode == "docker"
            ? ([("AGENT_WORKER_NETWORK", "esb-no-such-network")], "docker network create esb-no-such-network")
            : (new (string, string)[] { ("CONTAINERD_NETWORK_HOOK", "/no/such/hook") }, "/no/such/hook");
        await using var stage = await EngineStage.SetAsync(settings);

        var refusal = await stage.Session.RefusalAsync(stage.Request());

        await Assert.That(refusal.Status.Detail).Contains(said);
        await Assert.That(await Run.Engine.OwnedAsync(stage.Owner)).IsEmpty();
    }
}
