using System.Net.Sockets;
using System.Text;
using Esb.Agent.Tests.Driving;

namespace Esb.Agent.Tests;

public sealed class NotificationTests
{
    [Test]
    [Arguments("notify.sock")]
    [Arguments("@notify")]
    public async Task The_service_manager_is_notified_when_the_agent_answers_and_when_it_ends(string name)
    {
        using var folder = new TemporaryFolder();
        var address = name[0] == '@' ? $"@{folder.Path}{name}" : folder.File(name);
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(address[0] == '@' ? "\0" + address[1..] : address));
        await using var agent = await RunningAgent.StartAsync(folder.File("agent.sock"), ("NOTIFY_SOCKET", address));

        await Assert.That(await HeardAsync(manager)).IsEqualTo("READY=1");
        await Assert.That(await agent.TerminateAsync()).IsEqualTo(0);
        await Assert.That(await HeardAsync(manager)).IsEqualTo("STOPPING=1");
    }

    [Test]
    public async Task The_agent_keeps_running_without_a_service_manager()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await RunningAgent.StartAsync(
            folder.File("agent.sock"), ("NOTIFY_SOCKET", folder.File("gone.sock")));

        await Assert.That(await agent.TerminateAsync()).IsEqualTo(0);
        await Assert.That(await agent.LogAsync()).Contains($"NOTIFY_SOCKET is '{folder.File("gone.sock")}'");
    }

    private static async Task<string> HeardAsync(Socket manager)
    {
        using var patience = Waits.Begin();
        var message = new byte[256];
        return Encoding.UTF8.GetString(message, 0, await manager.ReceiveAsync(message.AsMemory(), patience.Token));
    }
}
