using System.Text;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.RawRequests;

/// <summary>The end of a request is unambiguous on every port.</summary>
[ClassDataSource<Platform>(Shared = SharedType.PerClass)]
internal sealed class TransferCodingTests(Platform platform)
{
    [Test]
    [Arguments("gzip, chunked")]
    [Arguments("identity, chunked")]
    [Arguments("chunked, chunked")]
    [Arguments(",chunked")]
    [Arguments("chunked\r\nTransfer-Encoding: chunked")]
    [Arguments("chunked\r\nContent-Length: 3")]
    public async Task A_transfer_coding_other_than_chunked_alone_is_refused_on_every_port_and_closes_the_connection(
        string coding)
    {
        foreach (var port in new[]
        {
            platform.GatewayPort, platform.AdminPort, platform.RuntimeApiPort, platform.StoresPort,
        })
        {
            using var connection = await RawConnection.OpenAsync(port);
            await connection.SendAsync("POST /a HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: "
                + $"{coding}\r\n\r\n0\r\n\r\nGET /b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            var answer = Encoding.Latin1.GetString(await connection.ReadToEndAsync());
            await Assert.That($"{port == platform.StoresPort}: {answer}").Contains(": HTTP/1.1 400 ");
            await Assert.That(answer.Split("HTTP/1.1 ").Length).IsEqualTo(2);
        }
    }
}
