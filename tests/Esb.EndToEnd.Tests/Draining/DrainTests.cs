using System.Diagnostics;
using System.Net;
using Esb.EndToEnd.Tests.Platforms;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.Draining;

/// <summary>How the gateway that ships ends when it is told to.</summary>
internal sealed class DrainTests
{
    [Test]
    public async Task Readiness_turns_before_the_port_closes_and_the_process_ends_with_zero()
    {
        var folder = Directory.CreateTempSubdirectory("esb-drain-").FullName;
        var ports = FreePorts.Take(3);
        using var gateway = Start(folder, ports);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports[0]}"), Timeout = TimeSpan.FromSeconds(10) };
            await Until.TrueAsync(async () => await StatusAsync(client) == HttpStatusCode.OK);
            using (Process.Start("kill", ["-TERM", $"{gateway.Id}"]))
            {
            }

            // Before this, the answers are 200; after it, nobody answers: the middle must be seen.
            await Until.TrueAsync(async () => await StatusAsync(client) == HttpStatusCode.ServiceUnavailable);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await gateway.WaitForExitAsync(patience.Token);
            await Assert.That(gateway.ExitCode).IsEqualTo(0);
            await Assert.That(await StatusAsync(client)).IsNull();
        }
        finally
        {
            if (!gateway.HasExited)
                gateway.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string folder, int[] ports)
    {
        var start = new ProcessStartInfo(Path.Combine(Binaries.Folder, "esb-gateway"));
        start.Environment["GATEWAY_LISTEN"] = $"127.0.0.1:{ports[0]}";
        start.Environment["ADMIN_LISTEN"] = $"127.0.0.1:{ports[1]}";
        start.Environment["RUNTIME_API_LISTEN"] = $":{ports[2]}";
        start.Environment["AGENT_ADDRESS"] = Path.Combine(folder, "agent.sock");
        start.Environment["RUNTIME_CONFIG_DIR"] = folder;
        start.Environment["BAKED_CONFIG_DIR"] = folder;
        start.Environment["DRAIN_DELAY"] = "5s";
        return Process.Start(start)!;
    }

    private static async Task<HttpStatusCode?> StatusAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
