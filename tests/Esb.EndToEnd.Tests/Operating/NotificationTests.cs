using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Operating;

/// <summary>The notifications of the published gateway to a service manager.</summary>
internal sealed class NotificationTests
{
    [Test]
    public async Task A_service_manager_is_notified_when_the_gateway_answers_and_when_it_ends_after_SIGTERM()
    {
        var address = $"esb-notify-{Guid.NewGuid():N}";
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint("\0" + address));
        await using var gateway = new LoneGateway(("NOTIFY_SOCKET", "@" + address));
        await Assert.That(await HeardAsync(manager)).IsEqualTo("READY=1");
        await Assert.That(await gateway.StatusAsync()).IsEqualTo(HttpStatusCode.OK);
        await gateway.SignalAsync("TERM");
        await Assert.That(await HeardAsync(manager)).IsEqualTo("STOPPING=1");
        await gateway.Process.WaitForExitAsync();
        await Assert.That(gateway.Process.ExitCode).IsEqualTo(0);
    }

    private static async Task<string> HeardAsync(Socket manager)
    {
        using var patience = Waits.Begin();
        var message = new byte[256];
        return Encoding.UTF8.GetString(message, 0, await manager.ReceiveAsync(message.AsMemory(), patience.Token));
    }
}
