using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Healing;

/// <summary>
/// Parts of a platform are killed while requests arrive; it recovers by itself, and no container is left.
/// </summary>
internal sealed class HealingTests
{
    [Test]
    public async Task After_agent_gateway_and_node_are_killed_functions_answer_again_and_no_worker_is_left()
    {
        await using var platform = new ContainerPlatform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "heal",
            Templates.Function("heal", "/heal"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': os.uname().nodename}"))));
        var before = await platform.Client.GetStringAsync("/heal");
        string[] parts = Mode.IsContainerd ? ["agent", "gateway", "runtime-node"] : ["agent", "gateway"];
        foreach (var part in parts)
        {
            using var traffic = new CancellationTokenSource();
            var requests = AskAllTheTimeAsync(platform, traffic.Token);
            await platform.AskDockerAsync("kill", await platform.ContainerAsync(part));
            // A container that was killed with docker kill is not restarted by the engine.
            await platform.AskDockerAsync("start", await platform.ContainerAsync(part));
            await Eventually.TrueAsync(
                async () => await AnswerAsync(platform) is { } name && name != before,
                () => $"{part} was killed, and functions do not answer again");
            await traffic.CancelAsync();
            await requests;
            // The engine has exactly the workers that the gateway knows, and none of the earlier ones.
            var gone = before;
            IReadOnlyList<string> running = [], known = [];
            await Eventually.TrueAsync(
                async () =>
                {
                    (running, known) = (await platform.WorkersAsync("heal"), await platform.KnownWorkersAsync("heal"));
                    return running.Order(StringComparer.Ordinal).SequenceEqual(known.Order(StringComparer.Ordinal))
                        && !(await platform.HostsAsync("heal")).Contains(gone);
                },
                () => $"after {part} was killed, the engine has {string.Join(", ", running)}, "
                    + $"the gateway {string.Join(", ", known)}, the one before was {gone}");
            before = await platform.Client.GetStringAsync("/heal");
        }
    }

    [Test]
    public async Task Workers_of_an_agent_that_was_killed_are_gone_after_esb_down()
    {
        await using var platform = new ContainerPlatform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "left",
            Templates.Function("left", "/heal"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': 'here'}"))));
        await Assert.That(await platform.Client.GetStringAsync("/heal")).IsEqualTo("here");
        await platform.AskDockerAsync("kill", await platform.ContainerAsync("agent"));
        var down = await platform.EsbAsync("down", "--mode", Mode.Name);
        await Assert.That(down.ExitCode).IsEqualTo(0).Because(down.ToString());
        await Assert.That(await platform.AskDockerAsync(
            "ps", "--all", "--quiet", "--filter", $"network={platform.Project}_workers")).IsEqualTo("");
        await Assert.That(await platform.AskDockerAsync(
            "network", "ls", "--quiet", "--filter", $"name={platform.Project}_workers")).IsEqualTo("");
    }

    private static async Task AskAllTheTimeAsync(ContainerPlatform platform, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
            await AnswerAsync(platform);
    }

    private static async Task<string?> AnswerAsync(ContainerPlatform platform)
    {
        try
        {
            using var answer = await platform.Client.GetAsync("/heal");
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
