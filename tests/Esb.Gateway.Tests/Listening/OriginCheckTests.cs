using System.Net;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Esb.Origins;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

internal sealed class OriginCheckTests
{
    [Test]
    [Arguments("Host: 127.0.0.1", 200, 200)]
    [Arguments("Host: 127.0.0.1\nSec-Fetch-Site: none", 200, 200)]
    [Arguments("Host: 127.0.0.1:9002\nOrigin: http://127.0.0.1:9002\nSec-Fetch-Site: same-origin", 200, 403)]
    [Arguments("Host: 127.0.0.1:9002\nSec-Fetch-Site: same-origin", 200, 403)]
    [Arguments("Host: 127.0.0.1:9002\nOrigin: http://127.0.0.1:9002", 200, 403)]
    [Arguments("Host: gateway:9002", 200, 200)]
    [Arguments(
        "Host: 127.0.0.1\nOrigin: http://evil.example\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors", 403, 403)]
    [Arguments("Host: 127.0.0.1\nOrigin: null", 403, 403)]
    [Arguments("Host: 0.0.0.0:9002", 403, 403)]
    [Arguments("Host: 0.0.0.0", 403, 403)]
    [Arguments("Host: 0:9002", 403, 403)]
    [Arguments("Host: [::0]:9002", 403, 403)]
    [Arguments("Host: [::ffff:0.0.0.0]", 403, 403)]
    [Arguments("Host: [::1]:9002", 200, 200)]
    [Arguments("Host: evil.example:9002\nSec-Fetch-Site: none", 403, 403)]
    [Arguments("Host: 127.0.0.1\nX-Forwarded-For: 10.0.0.7", 403, 200)]
    [Arguments("Host: 127.0.0.1\nVia: 1.1 proxy", 403, 200)]
    [Arguments("Host: 127.0.0.1\nX-Forwarded: for=10.0.0.7", 403, 200)]
    [Arguments("Host: 127.0.0.1\nCDN-Loop: cdn.example", 403, 200)]
    [Arguments("Host: 127.0.0.1\nX-Envoy-External-Address: 10.0.0.7", 403, 200)]
    public async Task The_admin_port_answers_programs_of_this_machine_and_the_Runtime_API_port_any_program(
        string headers,
        int admin,
        int workers)
    {
        var door = new OriginCheck(AllowedHosts.TryParse("gateway")!);
        await Assert.That(await StatusAsync(door.AroundNear, headers)).IsEqualTo(admin);
        await Assert.That(await StatusAsync(door.Around, headers)).IsEqualTo(workers);
    }

    private static async Task<int> StatusAsync(Func<RequestDelegate, RequestDelegate> around, string headers)
    {
        await using var listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            around(_ => Task.CompletedTask),
            NullLoggerFactory.Instance);
        await listener.StartAsync(CancellationToken.None);
        var answer = await RawClient.SendAsync(
            listener.Address.Port, $"POST /reload HTTP/1.1\n{headers}\nContent-Length: 0\n\n");
        await listener.StopAsync(CancellationToken.None);
        return answer.Status;
    }
}
