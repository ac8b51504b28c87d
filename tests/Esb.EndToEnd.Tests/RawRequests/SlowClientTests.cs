using System.Globalization;
using System.Text;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>Clients that use up time or memory with valid requests.</summary>
[ClassDataSource<RawPlatform>(Shared = SharedType.PerTestSession)]
[NotInParallel]
internal sealed class SlowClientTests(RawPlatform platform)
{
    private const int Megabyte = 1024 * 1024;

    [Test]
    public async Task Clients_that_stop_in_the_middle_of_a_request_are_disconnected_and_others_are_served_meanwhile()
    {
        using var headers = await RawConnection.OpenAsync(platform.GatewayPort);
        await headers.SendAsync("GET /raw/a HTTP/1.1\r\nHost: h\r\n");
        using var body = await RawConnection.OpenAsync(platform.GatewayPort);
        await body.SendAsync("POST /raw/a HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\na");
        using var reader = await RawConnection.OpenAsync(platform.GatewayPort);
        await reader.SendAsync("GET /raw/a?large=5000000 HTTP/1.1\r\nHost: h\r\n\r\n");
        await Assert.That(await platform.Client.GetStringAsync("/raw/others")).IsEqualTo("GET");
        await Assert.That(RawConnection.Statuses(await headers.ReadToEndAsync(), false)).IsEqualTo("408");
        await Assert.That(RawConnection.Statuses(await body.ReadToEndAsync(), false)).IsEqualTo("408");
        await Assert.That(await platform.Client.GetStringAsync("/raw/others")).IsEqualTo("GET");
    }

    [Test]
    public async Task Two_thousand_connections_that_send_nothing_do_not_prevent_others_from_being_served()
    {
        List<RawConnection> idle = [];
        try
        {
            for (var i = 0; i < 2000; i++)
                idle.Add(await RawConnection.OpenAsync(platform.GatewayPort));
            for (var i = 0; i < 20; i++)
                await Assert.That(await platform.Client.GetStringAsync("/raw/others")).IsEqualTo("GET");
        }
        finally
        {
            idle.ForEach(c => c.Dispose());
        }
    }

    [Test]
    [Arguments("POST /raw/a HTTP/1.1\r\nHost: h\r\nContent-Length: 10485760\r\n\r\n", 100, 9)]
    [Arguments(
        "POST /2015-03-31/functions/raw/invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 6000000\r\n\r\n",
        150,
        5)]
    public async Task Bodies_of_many_clients_that_never_finish_use_no_more_memory_than_their_common_limit(
        string head,
        int count,
        int megabytes)
    {
        List<RawConnection> clients = [];
        try
        {
            var part = Encoding.Latin1.GetBytes(new string('a', megabytes * Megabyte));
            for (var i = 0; i < count; i++)
            {
                var client = await RawConnection.OpenAsync(platform.GatewayPort);
                clients.Add(client);
                await client.SendAsync(head);
                await client.TrySendAsync(part);
            }

            await Assert.That(await platform.Client.GetStringAsync("/raw/others")).IsEqualTo("GET");
            await Assert.That(await ResidentMegabytesAsync()).IsLessThan(700);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }
    }

    [Test]
    public async Task Large_answers_that_nobody_reads_have_a_common_limit_and_are_dropped_and_their_memory_is_returned()
    {
        List<RawConnection> clients = [];
        try
        {
            for (var i = 0; i < 150; i++)
            {
                var client = await RawConnection.OpenAsync(platform.GatewayPort);
                clients.Add(client);
                await client.SendAsync("GET /raw/a?large=5900000 HTTP/1.1\r\nHost: h\r\n\r\n");
            }

            await Eventually.TrueAsync(async () => await MetricAsync("esb_http_requests_active") == 0);
            await Assert.That(await MetricAsync("esb_http_clients_let_go_total")).IsGreaterThan(0);
            await Assert.That(await MetricAsync("esb_http_answers_held_bytes")).IsEqualTo(0);
            await Assert.That((await platform.Client.GetStringAsync("/raw/a?large=5900000")).Length)
                .IsEqualTo(5_900_000);
            await Eventually.TrueAsync(async () => await ResidentMegabytesAsync() < 150);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }
    }

    private async Task<long> MetricAsync(string name)
    {
        var lines = (await platform.Client.GetStringAsync(platform.Metrics)).Split('\n');
        return long.Parse(
            lines.Single(l => l.StartsWith(name + " ", StringComparison.Ordinal)).AsSpan(name.Length + 1),
            CultureInfo.InvariantCulture);
    }

    private async Task<int> ResidentMegabytesAsync()
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{await platform.ProcessIdAsync()}/status");
        var resident = lines.Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(resident.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture) / 1024;
    }
}
