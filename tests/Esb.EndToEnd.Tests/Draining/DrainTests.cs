using System.Net;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Draining;

/// <summary>How the published gateway ends when it receives SIGTERM.</summary>
internal sealed class DrainTests
{
    [Test]
    public async Task Health_answers_503_before_the_port_closes_and_the_process_exits_with_0()
    {
        await using var gateway = new LoneGateway(("DRAIN_DELAY", "5s"));
        await gateway.ReadyAsync();
        await gateway.SignalAsync("TERM");

        // The answer is 200 before, and after it there is none: the state between must be seen.
        await Eventually.TrueAsync(async () => await gateway.StatusAsync() == HttpStatusCode.ServiceUnavailable);
        using var patience = Waits.Begin();
        await gateway.Process.WaitForExitAsync(patience.Token);
        await Assert.That(gateway.Process.ExitCode).IsEqualTo(0);
        await Assert.That(await gateway.StatusAsync()).IsNull();
    }

    [Test]
    public async Task A_request_that_runs_when_the_gateway_receives_SIGTERM_gets_its_answer()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        // The function reports that it has begun, and waits for a signal to finish.
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

        // The gateway accepts no new requests, and finishes the one that it has.
        await Eventually.TrueAsync(async () =>
        {
            // A new connection, because requests on an open one may still be served.
            using var stranger = new HttpClient { BaseAddress = platform.Client.BaseAddress };
            return await Health.StatusAsync(stranger) is null;
        });
        await Assert.That(answer.IsCompleted).IsFalse();
        await File.WriteAllTextAsync(finish, "");
        await Assert.That(await answer).IsEqualTo("finished");
        await Eventually.TrueAsync(() => !PlatformProcesses.Of(platform).Exists(p => p.Pid == pid));
    }
}
