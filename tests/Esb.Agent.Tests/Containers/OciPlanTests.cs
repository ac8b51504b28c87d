using System.Net;
using System.Text.Json;
using Esb.Agent.Backends;
using Esb.Agent.Containerd;
using Esb.Agent.Containers;
using Esb.Agent.Images;
using Esb.AgentProtocol;

namespace Esb.Agent.Tests.Containers;

public sealed class OciPlanTests
{
    private static readonly ImageDefaults Defaults = new(
        "1000:1001",
        ["PATH=/var/lang/bin", "TABLE=of the image"],
        ["/lambda-entrypoint.sh"],
        ["image.handler"],
        "/var/task");

    [Test]
    public async Task A_container_of_runc_gets_its_limits_and_gives_up_every_privilege()
    {
        var json = JsonSerializer.SerializeToElement(Build(Request(), Defaults), OciJson.Default.OciContainer);

        var process = json.GetProperty("process");
        await Assert.That(process.GetProperty("noNewPrivileges").GetBoolean()).IsTrue();
        await Assert.That(process.GetProperty("capabilities").EnumerateObject()
            .All(set => set.Value.GetArrayLength() == 0)).IsTrue();
        await Assert.That(process.GetProperty("user").ToString()).IsEqualTo("""{"uid":1000,"gid":1001}""");
        await Assert.That(json.GetProperty("root").ToString()).IsEqualTo("""{"path":"rootfs","readonly":true}""");
        var resources = json.GetProperty("linux").GetProperty("resources");
        await Assert.That(resources.GetProperty("memory").ToString())
            .IsEqualTo("""{"limit":671088640,"swap":671088640}""");
        await Assert.That(resources.GetProperty("pids").ToString()).IsEqualTo("""{"limit":1024}""");
        await Assert.That(resources.GetProperty("cpu").ToString())
            .IsEqualTo("""{"shares":128,"quota":100000,"period":100000}""");
        await Assert.That(resources.GetProperty("devices").ToString())
            .IsEqualTo("""[{"allow":false,"access":"rwm"}]""");
        await Assert.That(json.GetProperty("linux").GetProperty("namespaces").EnumerateArray()
            .Select(n => n.GetProperty("type").GetString()!)).Contains("network");
    }

    [Test]
    public async Task The_hook_attaches_the_worker_to_the_bridge_with_its_address()
    {
        var hook = Build(Request(), Defaults).Hooks.CreateRuntime.Single();

        await Assert.That(hook.Path).IsEqualTo("/hook");
        await Assert.That(hook.Env).Contains(
            """CNI_CONFIG={"cniVersion":"0.4.0","name":"esb","type":"bridge","bridge":"esb0","ipam":"""
            + """{"type":"static","addresses":[{"address":"10.5.128.7/16","gateway":"10.5.0.1"}],"routes":"""
            + """[{"dst":"0.0.0.0/0","gw":"10.5.0.1"}]}}""");
    }

    [Test]
    public async Task The_program_is_composed_by_the_rules_of_docker()
    {
        var own = Request();
        own.EntryPoint.Add("/own");
        own.Handler = "";
        var image = Request();
        image.Handler = "";

        await Assert.That(Build(Request(), Defaults).Process.Args)
            .IsEquivalentTo(["/lambda-entrypoint.sh", "app.handler"]);
        await Assert.That(Build(image, Defaults).Process.Args)
            .IsEquivalentTo(["/lambda-entrypoint.sh", "image.handler"]);
        await Assert.That(Build(own, Defaults).Process.Args).IsEquivalentTo(["/own"]);
        await Assert.That(() => Build(image, Defaults with { Entrypoint = null, Cmd = null }))
            .Throws<CannotStartException>();
    }

    [Test]
    public async Task The_environment_of_the_function_wins_over_that_of_the_image()
    {
        var request = Request();
        request.Environment["TABLE"] = "of the function";

        var environment = Build(request, Defaults).Process.Env;

        await Assert.That(environment).Contains("TABLE=of the function");
        await Assert.That(environment).Contains("PATH=/var/lang/bin");
        await Assert.That(environment.Count(variable => variable.StartsWith("TABLE=", StringComparison.Ordinal)))
            .IsEqualTo(1);
    }

    [Test]
    [Arguments("", 0u, 0u)]
    [Arguments("root", 0u, 0u)]
    [Arguments("65532", 65532u, 0u)]
    [Arguments("0:5", 0u, 5u)]
    public async Task The_user_of_an_image_is_used_by_number(string user, uint uid, uint gid)
    {
        await Assert.That(Build(Request(), Defaults with { User = user }).Process.User)
            .IsEqualTo(new OciUser(uid, gid));
    }

    [Test]
    public async Task A_user_name_is_refused_with_the_format_that_is_allowed()
    {
        await Assert.That(() => Build(Request(), Defaults with { User = "app" })).Throws<CannotStartException>()
            .WithMessage(
                "the image r/orders:1 has USER app; containerd mode needs numbers there, such as USER 1000:1000");
    }

    [Test]
    public async Task The_name_of_a_layer_covers_all_layers_below_it()
    {
        // The second name comes from: printf '%s %s' first second | sha256sum.
        string[] digests = ["sha256:" + new string('a', 64), "sha256:" + new string('b', 64)];

        var chain = Image(Defaults, digests).Chain;

        await Assert.That(chain)
            .IsEquivalentTo([digests[0], "sha256:ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c"]);
    }

    private static StartWorkerRequest Request() => new()
    {
        Function = "orders",
        Image = "r/orders:1",
        Handler = "app.handler",
        MemorySize = 128,
        WorkerId = "w1",
        RuntimeApi = "gateway:9001",
    };

    private static OciContainer Build(StartWorkerRequest request, ImageDefaults defaults)
    {
        var network = WorkerNetwork.Parse(["bridge=esb0", "address=10.5.0.9/16", "gateway=10.5.0.1"])!;
        return OciPlan.Build(request, Image(defaults, ["sha256:1"]), ContainerLimits.From(request, 4), new OciPlan.Place
        {
            Id = "esb-orders-1",
            RuntimeApi = RuntimeApiAddress.Parse(request.RuntimeApi),
            Network = network.Attach(IPAddress.Parse("10.5.128.7")),
            NetworkHook = "/hook",
            ResolverFile = "/run/resolv.conf",
            HostsFile = "/run/hosts",
            Now = DateTimeOffset.UnixEpoch,
        });
    }

    private static ContainerImage Image(ImageDefaults defaults, IReadOnlyList<string> digests)
    {
        var part = new Part("layer", "sha256:0", 1, null);
        var configuration = new ImageConfiguration(
            ImageArchitecture.OfThisMachine, defaults, new RootFileSystem(digests));
        return ContainerImage.Of(
            "r/orders:1", part, new Manifest(null, part, [.. digests.Select(_ => part)], null), configuration);
    }
}
