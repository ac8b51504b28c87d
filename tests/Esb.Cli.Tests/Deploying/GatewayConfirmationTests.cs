using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Cli.Admin;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Gateway;

namespace Esb.Cli.Tests.Deploying;

internal sealed class GatewayConfirmationTests
{
    [Test]
    public async Task A_gateway_that_finally_serves_the_hash_is_live()
    {
        var asked = 0;
        await using var gateway = new Answering(_ => Health(++asked < 3 ? "00000000" : "3f9c21d0"));
        await Assert.That(await WaitAsync(gateway.Address, "3f9c21d0")).IsEqualTo(new Live());
        await Assert.That(gateway.Requests[0]).StartsWith("POST /reload");
    }

    [Test]
    public async Task A_gateway_that_refuses_the_files_ends_the_wait_at_once_with_its_reason()
    {
        using var folder = new ConfigurationFixture();
        var deployed = await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        await using var gateway = new Answering(_ => Health("00000000", "routing.yml:3:5: error: no"));
        var confirmation = await WaitAsync(gateway.Address, deployed.Plan.Hash, folder.Folder);
        await Assert.That(confirmation).IsEqualTo(new NotServed("routing.yml:3:5: error: no"));
    }

    [Test]
    public async Task A_later_deploy_that_is_served_confirms_this_one_too()
    {
        using var folder = new ConfigurationFixture();
        var mine = await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        var later = await folder.DeployAsync(ConfigurationFixture.Incoming("receipts"));
        await using var gateway = new Answering(_ => Health(later.Plan.Hash));
        await Assert.That(await WaitAsync(gateway.Address, mine.Plan.Hash, folder.Folder)).IsEqualTo(new Live());
    }

    [Test]
    public async Task A_gateway_that_serves_something_else_until_the_deadline_is_reported()
    {
        await using var gateway = new Answering(_ => Health("00000000"));
        var confirmation = await WaitAsync(gateway.Address, "3f9c21d0", timeout: TimeSpan.FromMilliseconds(100));
        await Assert.That(((NotServed)confirmation).Reason).Contains("00000000");
    }

    [Test]
    public async Task No_answer_means_that_no_gateway_runs_unless_one_is_known_to_run()
    {
        var nobody = new Uri("http://127.0.0.1:1");
        await Assert.That(await WaitAsync(nobody, "3f9c21d0")).IsEqualTo(new NotRunning());
        var known = await WaitAsync(nobody, "3f9c21d0", expected: true, timeout: TimeSpan.FromMilliseconds(100));
        await Assert.That(((NotServed)known).Reason).Contains("did not answer");
    }

    private static async Task<Confirmation> WaitAsync(
        Uri address, string hash, string folder = "/nowhere", bool expected = false, TimeSpan? timeout = null)
    {
        using var http = LocalHttp.Create();
        return await new GatewayConfirmation(new AdminClient(http, address, address), true, folder, TimeProvider.System)
            .WaitAsync(hash, expected, timeout ?? Waits.Longest, CancellationToken.None);
    }

    private static string Health(string hash, string? error = null)
    {
        var reason = error is null ? "null" : "{\"message\":\"" + error + "\"}";
        return "{\"status\":\"ok\",\"configuration\":{\"hash\":\"" + hash
            + "\",\"functions\":1,\"routes\":1,\"error\":" + reason + "}}";
    }

    /// <summary>A real socket that answers every request with the result of a function.</summary>
    private sealed class Answering : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _loop;

        public Answering(Func<string, string> answer)
        {
            _listener.Start();
            _loop = LoopAsync(answer);
        }

        public Uri Address => new($"http://{_listener.LocalEndpoint}");

        public List<string> Requests { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _listener.Dispose();
            _stop.Dispose();
        }

        private async Task LoopAsync(Func<string, string> answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    using var reader = new StreamReader(client.GetStream());
                    var request = await reader.ReadLineAsync(_stop.Token) ?? "";
                    Requests.Add(request);
                    while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
                    {
                    }

                    var body = Encoding.UTF8.GetBytes(answer(request));
                    await client.GetStream().WriteAsync(
                        Encoding.UTF8.GetBytes(
                            $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"),
                        _stop.Token);
                    await client.GetStream().WriteAsync(body, _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
