using System.Globalization;
using System.Text;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>Clients that cost time or memory instead of sending something wrong.</summary>
[ClassDataSource<RawPlatform>(Shared = SharedType.PerTestSession)]
[NotInParallel]
internal sealed class SlowClientTests(RawPlatform platform)
{
    private const int Megabyte = 1024 * 1024;

    [Test]
    public async Task Clients_that_stop_in_the_middle_are_let_go_and_others_are_served_meanwhile()
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
    public async Task Two_thousand_connections_that_say_nothing_keep_nobody_from_being_served()
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
    public async Task Bodies_of_many_clients_that_never_finish_take_no_more_than_their_common_bound()
    {
        List<RawConnection> clients = [];
        try
        {
            var part = Encoding.Latin1.GetBytes(new string('a', 9 * Megabyte));
            for (var i = 0; i < 100; i++)
            {
                var client = await RawConnection.OpenAsync(platform.GatewayPort);
                clients.Add(client);
                await client.SendAsync("POST /raw/a HTTP/1.1\r\nHost: h\r\nContent-Length: 10485760\r\n\r\n");
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

    private async Task<int> ResidentMegabytesAsync()
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{await platform.ProcessIdAsync()}/status");
        var resident = lines.Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(resident.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture) / 1024;
    }
}
