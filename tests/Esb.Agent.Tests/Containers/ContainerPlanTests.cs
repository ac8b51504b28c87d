using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.Agent.Docker;
using Esb.AgentProtocol;

namespace Esb.Agent.Tests.Containers;

public sealed class ContainerPlanTests
{
    [Test]
    public async Task A_container_of_docker_gets_its_limits_and_gives_up_every_privilege()
    {
        var plan = Build(Request());

        await Assert.That(plan.Image).IsEqualTo("esb-orders:1");
        await Assert.That(plan.HostConfig.NetworkMode).IsEqualTo("workers");
        await Assert.That(plan.HostConfig.Memory).IsEqualTo((128L + 512) * 1024 * 1024);
        await Assert.That(plan.HostConfig.MemorySwap).IsEqualTo(plan.HostConfig.Memory);
        await Assert.That(plan.HostConfig.NanoCpus).IsEqualTo(1_000_000_000);
        await Assert.That(plan.HostConfig.PidsLimit).IsEqualTo(1024);
        await Assert.That(plan.HostConfig.ReadonlyRootfs).IsTrue();
        await Assert.That(plan.HostConfig.CapDrop).IsEquivalentTo(["ALL"]);
        await Assert.That(plan.HostConfig.SecurityOpt).IsEquivalentTo(["no-new-privileges"]);
        await Assert.That(plan.HostConfig.Tmpfs["/tmp"]).IsEqualTo("rw,exec,nosuid,nodev,mode=1777,size=536870912");
        await Assert.That(plan.HostConfig.LogConfig.Config["max-size"]).IsEqualTo("10m");
        await Assert.That(plan.Labels["esb.owner"]).IsEqualTo("me");
    }

    [Test]
    public async Task Platform_variables_win_over_those_of_the_function_and_the_gateway_names_the_runtime_api()
    {
        var request = Request();
        request.Environment["TABLE"] = "orders";
        request.Environment["AWS_LAMBDA_RUNTIME_API"] = "evil:1";

        var plan = Build(request);

        await Assert.That(plan.Env).Contains("TABLE=orders");
        await Assert.That(plan.Env).Contains("AWS_LAMBDA_RUNTIME_API=gateway:9001");
        await Assert.That(plan.Env).Contains("_HANDLER=app.handler");
        await Assert.That(plan.Env).DoesNotContain("AWS_LAMBDA_RUNTIME_API=evil:1");
    }

    [Test]
    public async Task The_handler_is_the_command_unless_the_function_specifies_one()
    {
        var own = Request();
        own.Command.AddRange(["run", "it"]);
        own.EntryPoint.Add("/start");
        own.WorkingDirectory = "/srv";
        var none = Request();
        none.Handler = "";

        await Assert.That(Build(Request()).Cmd!).IsEquivalentTo(["app.handler"]);
        await Assert.That(Build(own).Cmd!).IsEquivalentTo(["run", "it"]);
        await Assert.That(Build(own).Entrypoint!).IsEquivalentTo(["/start"]);
        await Assert.That(Build(own).WorkingDir).IsEqualTo("/srv");
        await Assert.That(Build(none).Cmd).IsNull();
    }

    [Test]
    [Arguments(128, 8, 1.0)]
    [Arguments(1769, 8, 1.0)]
    [Arguments(3538, 8, 2.0)]
    [Arguments(10240, 4, 4.0)]
    public async Task The_number_of_processors_grows_with_memory_from_one_to_all_of_the_machine(
        int memory,
        int machine,
        double processors)
    {
        var request = Request();
        request.MemorySize = memory;

        await Assert.That(ContainerLimits.From(request, machine).Processors).IsEqualTo(processors);
    }

    [Test]
    [Arguments("esb-orders", "esb-orders:latest")]
    [Arguments("127.0.0.1:5010/esb-orders", "127.0.0.1:5010/esb-orders:latest")]
    [Arguments("127.0.0.1:5010/esb-orders:2", "127.0.0.1:5010/esb-orders:2")]
    [Arguments("a/b@sha256:1", "a/b@sha256:1")]
    public async Task An_image_without_a_tag_is_pulled_with_one_tag_and_not_with_all(string image, string pulled)
    {
        await Assert.That(ImagePresence.WithTag(image)).IsEqualTo(pulled);
    }

    [Test]
    [Arguments(0u, "exit status 0")]
    [Arguments(3u, "exit status 3")]
    [Arguments(128u, "exit status 128")]
    [Arguments(137u, "signal: killed")]
    [Arguments(139u, "signal: segmentation fault")]
    [Arguments(255u, "exit status 255")]
    public async Task A_status_above_128_is_reported_as_the_signal_that_it_stands_for(uint status, string reason)
    {
        await Assert.That(ExitReason.From(status)).IsEqualTo(reason);
    }

    private static StartWorkerRequest Request() => new()
    {
        Function = "orders",
        Image = "esb-orders:1",
        Handler = "app.handler",
        MemorySize = 128,
        WorkerId = "w1",
        RuntimeApi = "gateway:9001",
    };

    private static CreateContainer Build(StartWorkerRequest request) => ContainerPlan.Build(
        request,
        ContainerLimits.From(request, 4),
        new ContainerPlan.Surroundings(
            "workers",
            RuntimeApiAddress.Parse(request.RuntimeApi),
            new OwnerLabels("me").For(request),
            DateTimeOffset.UnixEpoch));
}
