using Esb.Container.Tests.Platforms;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.Container.Tests.Healing;

/// <summary>Parts of a platform are killed while requests come in; it heals without a person, and no container is left over.</summary>
internal sealed class HealingTests
{
    [Test]
    public async Task After_agent_gateway_and_node_are_killed_functions_answer_again_and_no_worker_is_left_over()
    {
        await using var platform = new ContainerPlatform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write("heal", Templates.Function("heal", "/heal"), ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': os.uname().nodename}"))));
        var before = await platform.Client.GetStringAsync("/heal");
        string[] parts = Mode.IsContainerd ? ["agent", "gateway", "runtime-node"] : ["agent", "gateway"];
        foreach (var part in parts)
        {
            using var traffic = new CancellationTokenSource();
            var requests = AskAllTheTimeAsync(platform, traffic.Token);
            await platform.AskDockerAsync("kill", await platform.ContainerAsync(part));
            // A container that was killed by its engine's own command stays down until it is started.
            await platform.AskDockerAsync("start", await platform.ContainerAsync(part));
            await Until.TrueAsync(async () => await AnswerAsync(platform) is { } name && name != before, () => $"{part} was killed, and functions do not answer again");
            await traffic.CancelAsync();
            await requests;
            // Two requests at a time have been under way, so two workers are right, and none of those from before.
            var gone = before;
            IReadOnlyList<string> hosts = [];
            await Until.TrueAsync(
                async () => (hosts = await platform.HostsAsync("heal")).Count <= 2 && !hosts.Contains(gone),
                () => $"after {part} was killed, workers are left over: {string.Join(", ", hosts)}, the one before was {gone}");
            before = await platform.Client.GetStringAsync("/heal");
        }
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
