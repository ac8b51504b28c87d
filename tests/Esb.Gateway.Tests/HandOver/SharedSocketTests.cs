using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Esb.Host.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.HandOver;

internal sealed class SharedSocketTests
{
    private static readonly ListenAddress Anywhere = new("TEST", new IPEndPoint(IPAddress.Loopback, 0));

    private readonly string _folder = Directory.CreateTempSubdirectory("esb-shared-").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_listener_that_stops_does_not_change_the_socket_for_the_one_that_shares_it()
    {
        await using var first = new Listener(Anywhere, Answer("first"), NullLoggerFactory.Instance);
        await first.StartAsync(CancellationToken.None);
        using var shared = Pass(first.Handle);
        await using var second = new Listener(
            Anywhere, Answer("second"), NullLoggerFactory.Instance, new ListenerRules { Socket = shared });
        using var kept = Client(first.Address);
        await Assert.That(await kept.GetStringAsync("/")).IsEqualTo("first");
        await second.StartAsync(CancellationToken.None);

        await first.StopAcceptingAsync();
        for (var i = 0; i < 50; i++)
        {
            using var fresh = Client(first.Address);
            await Assert.That(await fresh.GetStringAsync("/")).IsEqualTo("second");
        }

        // Its own connections continue, and the other owners of the socket do not reset connections when they end.
        await Assert.That(await kept.GetStringAsync("/")).IsEqualTo("first");
        await Assert.That(first.Connections).IsEqualTo(1);
        await Assert.That(shared.LingerState!.Enabled).IsFalse();
    }

    [Test]
    public async Task Connections_in_the_queue_while_no_listener_accepts_are_answered_by_the_next_one()
    {
        await using var first = new Listener(Anywhere, Answer("first"), NullLoggerFactory.Instance);
        await first.StartAsync(CancellationToken.None);
        using var shared = Pass(first.Handle);
        var address = first.Address;
        await first.StopAcceptingAsync();
        using var client = Client(address);
        var answer = client.GetStringAsync("/");
        await using var second = new Listener(
            Anywhere, Answer("second"), NullLoggerFactory.Instance, new ListenerRules { Socket = shared });
        await second.StartAsync(CancellationToken.None);
        await Assert.That(await answer).IsEqualTo("second");
    }

    [Test]
    public async Task While_closing_each_answer_announces_the_end_of_its_connection_and_then_it_ends()
    {
        var readiness = new Readiness();
        await using var listener = new Listener(
            Anywhere, Answer("here"), NullLoggerFactory.Instance, new ListenerRules { Readiness = readiness });
        await listener.StartAsync(CancellationToken.None);
        using var client = Client(listener.Address);
        using (var before = await client.GetAsync("/"))
            await Assert.That(before.Headers.ConnectionClose ?? false).IsFalse();
        await Assert.That(listener.Connections).IsEqualTo(1);

        readiness.Leave();
        using (var after = await client.GetAsync("/"))
            await Assert.That(after.Headers.ConnectionClose ?? false).IsTrue();
        await Eventually.TrueAsync(() => listener.Connections == 0);
        await Assert.That(readiness.IsDraining).IsFalse();
    }

    // Two gateways in one process: the descriptor is passed through a Unix domain socket.
    private Socket Pass(SafeSocketHandle handle)
    {
        var path = new UnixDomainSocketEndPoint(Path.Combine(_folder, "pass"));
        using var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(path);
        listening.Listen();
        using var one = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        one.Connect(path);
        using var other = listening.Accept();
        DescriptorPassing.Send(one, "with it"u8, [(int)handle.DangerousGetHandle()]);
        var text = new byte[100];
        var (length, descriptors) = DescriptorPassing.Receive(other, text);
        if (Encoding.ASCII.GetString(text, 0, length) != "with it" || descriptors.Length != 1)
            throw new InvalidOperationException($"{length} bytes and {descriptors.Length} descriptors came");
        return new Socket(new SafeSocketHandle(descriptors[0], ownsHandle: true));
    }

    private static HttpClient Client(Uri address) => new() { BaseAddress = address };

    private static RequestDelegate Answer(string text) => context => context.Response.WriteAsync(text);
}
