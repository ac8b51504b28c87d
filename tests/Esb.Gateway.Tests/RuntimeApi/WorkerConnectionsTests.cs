using System.Net;
using System.Net.Sockets;
using Esb.Gateway.Listening;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.RuntimeApi;

/// <summary>The connections of a worker that has ended, whose last answer may be in one of them.</summary>
internal sealed class WorkerConnectionsTests
{
    [Test]
    public async Task A_connection_that_is_not_accepted_yet_is_waited_for()
    {
        var answered = new TaskCompletionSource();
        var connections = new WorkerConnections();
        connections.AcceptQueuedAsync = timeout =>
        {
            _ = connections.ServeAsync("worker", () => answered.Task);
            return Task.CompletedTask;
        };
        var waiting = connections.WaitForEndAsync("worker", Waits.Longest);
        await Assert.That(waiting.IsCompleted).IsFalse();
        answered.SetResult();
        await waiting.WaitAsync(Waits.Longest);
    }

    [Test]
    public async Task Connections_in_the_queue_of_a_port_are_served_before_the_wait_for_them_ends()
    {
        await using var listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            _ => Task.CompletedTask,
            NullLoggerFactory.Instance,
            new ListenerRules { AnswersHalfClosedFor = WorkerPort.LastAnswer });
        await listener.StartAsync(CancellationToken.None);
        for (var round = 0; round < 100; round++)
        {
            List<Socket> clients = [];
            for (var i = 0; i < 20; i++)
            {
                clients.Add(new Socket(SocketType.Stream, ProtocolType.Tcp));
                await clients[^1].ConnectAsync(IPAddress.Loopback, listener.Address.Port);
            }

            await listener.ServeQueuedAsync(Waits.Longest);
            await Assert.That(listener.Connections).IsGreaterThanOrEqualTo(20);
            clients.ForEach(c => c.Dispose());
            await Eventually.TrueAsync(() => listener.Connections == 0);
        }
    }
}
