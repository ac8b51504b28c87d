using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Esb.EndToEnd.Tests.Platforms;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.Upgrading;

/// <summary>
/// The gateway as a systemd service with socket activation: here <c>supervisor.py</c> opens the sockets and restarts
/// it.
/// </summary>
internal sealed class ActivatedGatewayTests
{
    private const int Restarts = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("esb-activated-").FullName;

    [Test]
    public async Task A_restart_with_sockets_of_systemd_refuses_no_connection_and_resets_none()
    {
        var ports = FreePorts.Take(3);
        using var notified = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notified.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "notify")));
        using var supervisor = Start(ports);
        try
        {
            await Assert.That(await HearAsync(notified)).IsEqualTo("READY=1");
            using var stop = new CancellationTokenSource();
            var (failed, answers) = (new ConcurrentQueue<string>(), 0);
            var clients = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    try
                    {
                        using var connection = await PlainConnection.OpenAsync(ports[0]);
                        // 503: it announces to load balancers that it is about to end, as it should.
                        if ((await connection.AskAsync("GET /health HTTP/1.1")).Status is not (200 or 503))
                            failed.Enqueue("not a status of /health");
                    }
                    catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
                    {
                        failed.Enqueue(e.Message);
                    }

                    Interlocked.Increment(ref answers);
                }
            })));
            for (var i = 0; i < Restarts; i++)
            {
                var before = answers;
                await Eventually.TrueAsync(() => answers > before + 80);
                await PlatformProcesses.SignalAsync(int.Parse((await File.ReadAllLinesAsync(Pids))[^1], null), "TERM");
                await Assert.That(await HearAsync(notified)).IsEqualTo("STOPPING=1");
                await Assert.That(await HearAsync(notified)).IsEqualTo("READY=1");
            }

            await stop.CancelAsync();
            await clients;
            await Assert.That(failed).IsEmpty();
            await Assert.That((await File.ReadAllLinesAsync(Pids)).Length).IsEqualTo(Restarts + 1);
            // A socket with an unknown name is identified by its port.
            using var admin = await PlainConnection.OpenAsync(ports[1]);
            await Assert.That((await admin.AskAsync("GET /status HTTP/1.1")).Status).IsEqualTo(200);
        }
        finally
        {
            supervisor.Kill(entireProcessTree: true);
            await supervisor.WaitForExitAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Pids => Path.Combine(_folder, "pids");

    private Process Start(int[] ports)
    {
        var start = new ProcessStartInfo(
            "/usr/bin/python3",
            [
                Path.Combine(Binaries.Repository, "tests/Esb.EndToEnd.Tests/Upgrading/supervisor.py"), $"{ports[0]}",
                $"{ports[1]}", Pids, Path.Combine(Binaries.Folder, "esb-gateway"),
            ]);
        start.Environment["GATEWAY_LISTEN"] = $"127.0.0.1:{ports[0]}";
        start.Environment["ADMIN_LISTEN"] = $"127.0.0.1:{ports[1]}";
        start.Environment["RUNTIME_API_LISTEN"] = $"127.0.0.1:{ports[2]}";
        start.Environment["NOTIFY_SOCKET"] = Path.Combine(_folder, "notify");
        start.Environment["AGENT_ADDRESS"] = Path.Combine(_folder, "agent.sock");
        start.Environment["RUNTIME_CONFIG_DIR"] = start.Environment["BAKED_CONFIG_DIR"] = _folder;
        start.Environment["ASYNC_DIR"] = Path.Combine(_folder, "async");
        return Process.Start(start)!;
    }

    private static async Task<string> HearAsync(Socket notified)
    {
        var buffer = new byte[200];
        using var patience = Waits.Begin();
        return Encoding.ASCII.GetString(buffer, 0, await notified.ReceiveAsync(buffer, patience.Token));
    }
}
