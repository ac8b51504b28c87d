using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Listening;

/// <summary>
/// RFC 9110, 8.6: a length consists of digits only; two servers that read another spelling differently see two
/// requests.
/// </summary>
internal sealed class ContentLengthTests
{
    [Test]
    [Arguments("+2")]
    [Arguments("-0")]
    [Arguments("+0")]
    [Arguments("2 2")]
    [Arguments("0x2")]
    [Arguments("2,2")]
    [Arguments("2.0")]
    [Arguments("\u00b2")]
    [Arguments("00000000000000000002")]
    [Arguments("")]
    public async Task A_length_with_anything_but_digits_is_400_and_its_connection_ends(string length)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /a, method: POST, function: echo }]", Echo.Function);
        await Assert.That(
            (await gateway.SendAsync($"POST /a HTTP/1.1\nHost: h\nContent-Length: {length}\n\nhi")).Status)
            .IsEqualTo(400);
    }

    [Test]
    [Arguments("2")]
    [Arguments("002")]
    [Arguments(" 2 ")]
    public async Task A_length_of_digits_is_that_length(string length)
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /a, method: POST, function: echo }]", Echo.Function);
        await Assert.That((string?)(await gateway.SendAsync(
            $"POST /a HTTP/1.1\nHost: h\ncontent-length:{length}\n\nhi")).Event()["body"]).IsEqualTo("hi");
    }
}
