using System.Globalization;
using System.Text;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>Requests with <c>Expect: 100-continue</c>, on every port of the published gateway.</summary>
internal sealed class ExpectedContinueTests
{
    // This client does not wait for 100 Continue, and reuses its connection if allowed.
    private const string HttpClient = """
        import http.client, sys
        connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]))
        for size in (10, 3_000_000, 30_000_000):
            connection.request('POST', '/nowhere', b'x' * size, {'Expect': '100-continue'})
            answer = connection.getresponse()
            answer.read()
            connection.request('GET', '/health')
            print(answer.status, connection.getresponse().read()[:1].decode())
        """;

    [Test]
    public async Task Every_port_closes_the_connection_after_an_answer_instead_of_100_Continue()
    {
        await using var gateway = new LoneGateway();
        await gateway.ReadyAsync();
        (int Port, string Line, string Status)[] cases =
        [
            (gateway.Port, "POST /nowhere", "404"),
            (gateway.Port, "POST /2015-03-31/functions/f/nothing", "404"),
            (gateway.Port, "PUT /health", "200"),
            (gateway.AdminPort, "POST /nothing", "404"),
            (gateway.AdminPort, "POST /images", "400"),
            (gateway.RuntimeApiPort, "POST /2018-06-01/runtime/init/error", "403"),
            (gateway.RuntimeApiPort, "POST /2015-03-31/functions/f/nothing", "404"),
        ];
        foreach (var (port, line, status) in cases)
        {
            using var connection = await RawConnection.OpenAsync(port);
            await connection.SendAsync(
                $"{line} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            await connection.ReadAnswersAsync(1, withoutBodies: false);
            connection.EndSending();
            var answer = Encoding.Latin1.GetString(await connection.ReadToEndAsync());
            await Assert.That(answer).StartsWith($"HTTP/1.1 {status} ").And.Contains("\r\nConnection: close\r\n")
                .Because($"{line} on {port}: {answer}");
        }
    }

    [Test]
    public async Task A_client_that_does_not_wait_gets_its_answer_and_that_of_its_next_request()
    {
        await using var gateway = new LoneGateway();
        await gateway.ReadyAsync();
        var said = await Command.RunAsync(
            "/usr/bin/python3",
            ["-c", HttpClient, gateway.Port.ToString(CultureInfo.InvariantCulture)],
            gateway.Folder,
            new Dictionary<string, string?>());
        await Assert.That(said.Output).IsEqualTo("404 {\n404 {\n404 {\n").Because(said.ToString());
    }
}
