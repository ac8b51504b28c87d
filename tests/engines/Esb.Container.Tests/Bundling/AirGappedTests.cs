using Esb.Container.Tests.Platforms;
using Esb.Testing.Servers;

namespace Esb.Container.Tests.Bundling;

/// <summary>
/// A bundle of images, made with this machine's engine and deployed with another one that has no images and no network.
/// </summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerClass)]
internal sealed class AirGappedTests(ContainerPlatform here)
{
    [Test]
    [NotInParallel]
    public async Task A_bundle_of_images_is_deployed_and_answers_on_a_machine_without_any_route()
    {
        await using var there = await NetworklessMachine.StartAsync();
        var file = Path.Combine(there.Home, "site.esb");
        var template = here.Write(
            "gap", Templates.Function("gap", "/gap"), ("src/app.py", Templates.Answer("over the gap")));
        var bundled = await here.EsbAsync("bundle", "-t", template, "--env", Mode.Run, "--mode", Mode.Name, "-o", file);
        await Assert.That(bundled.ExitCode).IsEqualTo(0).Because(bundled.ToString());

        await StartEngineAsync(there);
        await Assert.That((await there.RunAsync("ip", "route", "show", "default")).Output).IsEmpty();
        await Assert.That((await DockerAsync(there, "image", "ls", "--quiet")).Output).IsEmpty();
        await there.EsbAsync("bundle", "load", file);
        if (Mode.IsContainerd)
            await DockerAsync(
                there, "compose", "--profile", "registry", "up", "-d", "--pull", "never", "--no-build", "registry");
        await DockerAsync(there, ["compose", "up", "-d", "--pull", "never", "--no-build", .. Mode.Services]);
        await HealthyAsync(there);
        var deployed = await there.EsbAsync("deploy", "--from", file);

        await Assert.That(deployed.Output).Contains("Live in ");
        await Assert.That(await there.GetAsync("/gap")).IsEqualTo("over the gap");
        await Assert.That((await there.EsbAsync("deploy", "--from", file)).Output).Contains("Nothing to do");

        // The next version is deployed in the same way; then nothing refers to the first image.
        File.Delete(file);
        here.Write("gap", Templates.Function("gap", "/gap"), ("src/app.py", Templates.Answer("over the gap again")));
        await here.EsbAsync("bundle", "-t", template, "--env", Mode.Run, "--mode", Mode.Name, "-o", file);
        await there.EsbAsync("deploy", "--from", file);
        await Eventually.TrueAsync(async () => await there.GetAsync("/gap") == "over the gap again");
        await there.EsbAsync("prune");
        await Assert.That(await ImagesOfGapAsync(there)).IsEqualTo(2);
        await Eventually.TrueAsync(async () =>
        {
            await there.EsbAsync("prune", "--keep", "1"); // The image is kept while a worker uses it.
            return await ImagesOfGapAsync(there) == 1;
        });
        await Assert.That(await there.GetAsync("/gap")).IsEqualTo("over the gap again");
    }

    private static async Task<int> ImagesOfGapAsync(NetworklessMachine machine) =>
        (await DockerAsync(machine, "image", "ls", "--quiet", "--filter", "label=esb.function=gap")).Output.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count();

    // A separate engine, with its own images, networks and ports, inside the namespace.
    private async Task StartEngineAsync(NetworklessMachine machine)
    {
        foreach (var (name, value) in here.Settings)
            machine.Settings.TryAdd(name, value);
        var socket = Path.Combine(machine.Home, "docker.sock");
        machine.Settings["DOCKER_HOST"] = $"unix://{socket}";
        machine.Settings["DOCKER_SOCKET"] = socket;
        machine.Settings["CONTAINER_REGISTRY"] = $"127.0.0.1:{FreePorts.Take()}";
        machine.Settings.Remove("PATH");
        var log = Path.Combine(machine.Home, "dockerd.log");
        var engine = machine.Start(
            "sh", "-c", $"exec dockerd --host unix://{socket} --data-root {machine.Home}/data --exec-root "
                + $"{machine.Home}/exec --pidfile {machine.Home}/dockerd.pid >{log} 2>&1");
        machine.Stop = async () =>
        {
            await machine.RunAsync("docker", "compose", "--profile", "*", "down", "--volumes", "--timeout", "5");
            await machine.RunAsync("kill", $"{engine.Id}");
            await engine.WaitForExitAsync();
            engine.Dispose();
        };
        await Eventually.TrueAsync(
            async () => (await machine.RunAsync("docker", "info")).ExitCode == 0,
            () => $"dockerd did not answer:\n{File.ReadAllText(log)}");
    }

    private static async Task HealthyAsync(NetworklessMachine machine) => await Eventually.TrueAsync(async () =>
    {
        var states = (await DockerAsync(machine, "compose", "ps", "--format", "{{.Service}} {{.Health}}")).Output;
        return states.Contains("gateway healthy", StringComparison.Ordinal)
            && states.Contains("agent healthy", StringComparison.Ordinal);
    });

    private static async Task<CommandResult> DockerAsync(NetworklessMachine machine, params string[] arguments)
    {
        var result = await machine.RunAsync("docker", arguments);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {result}");
    }
}
