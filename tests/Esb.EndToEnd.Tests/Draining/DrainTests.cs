using System.Net;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Draining;

/// <summary>How the gateway that ships ends when it is told to.</summary>
internal sealed class DrainTests
{
    [Test]
    public async Task Readiness_turns_before_the_port_closes_and_the_process_ends_with_zero()
    {
        await using var gateway = new LoneGateway(("DRAIN_DELAY", "5s"));
        await gateway.ReadyAsync();
        await gateway.SignalAsync("TERM");

        // Before this, the answers are 200; after it, nobody answers: the middle must be seen.
        await Eventually.TrueAsync(async () => await gateway.StatusAsync() == HttpStatusCode.ServiceUnavailable);
        using var patience = Waits.Begin();
        await gateway.Process.WaitForExitAsync(patience.Token);
        await Assert.That(gateway.Process.ExitCode).IsEqualTo(0);
        await Assert.That(await gateway.StatusAsync()).IsNull();
    }

    [Test]
    public async Task A_request_that_runs_when_the_gateway_is_told_to_end_gets_its_answer()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        // The function says when it has begun, and waits to be told to finish.
        var (begun, finish) =
            (Path.Combine(platform.StateFolder, "begun"), Path.Combine(platform.StateFolder, "finish"));
        await platform.DeployAsync(platform.Write("slow", Templates.Function(
            "slow", "/slow", timeout: 30), ("src/app.py", Templates.Handler(
            $"open('{begun}', 'w').close()",
            $"while not os.path.exists('{finish}'): time.sleep(0.01)",
            "return {'statusCode': 200, 'body': 'finished'}"))));
        var answer = platform.Client.GetStringAsync(new Uri("/slow", UriKind.Relative));
        await Eventually.TrueAsync(() => File.Exists(begun));
        var pid = PlatformProcesses.GatewayOf(platform);
        await PlatformProcesses.SignalAsync(pid, "TERM");

        // It takes nobody new, and is there for the one it has.
        await Eventually.TrueAsync(async () =>
        {
            // A connection of its own: one that is open already may still be served.
            using var stranger = new HttpClient { BaseAddress = platform.Client.BaseAddress };
            return await Health.StatusAsync(stranger) is null;
        });
        await Assert.That(answer.IsCompleted).IsFalse();
        await File.WriteAllTextAsync(finish, "");
        await Assert.That(await answer).IsEqualTo("finished");
        await Eventually.TrueAsync(() => !PlatformProcesses.Of(platform).Exists(p => p.Pid == pid));
    }
}
