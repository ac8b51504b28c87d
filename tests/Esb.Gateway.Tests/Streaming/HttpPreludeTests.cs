using System.Buffers;
using System.Text;
using Esb.Gateway.Streaming;

namespace Esb.Gateway.Tests.Streaming;

internal sealed class HttpPreludeTests
{
    [Test]
    public async Task Status_headers_and_cookies_are_read_and_the_body_begins_behind_eight_NULs()
    {
        var bytes = Bytes("""{"statusCode":201,"headers":{"Content-Type":"text/html"},"cookies":["a=1","b=2"]}""" + "\0\0\0\0\0\0\0\0<p>");
        var (prelude, body) = HttpPrelude.Read(bytes)!.Value;
        await Assert.That((prelude!.Status, prelude.Headers.Single().Value, string.Join(';', prelude.Cookies))).IsEqualTo((201, "text/html", "a=1;b=2"));
        await Assert.That(Encoding.UTF8.GetString(bytes.Slice(body))).IsEqualTo("<p>");
    }

    [Test]
    public async Task A_prelude_that_is_not_complete_is_waited_for_and_one_that_is_wrong_is_none()
    {
        await Assert.That(HttpPrelude.Read(Bytes("""{"statusCode":200}""" + "\0\0\0\0\0\0\0"))).IsNull();
        foreach (var wrong in new[] { "[]", "{", """{"statusCode":"x"}""", """{"statusCode":99}""", "" })
            await Assert.That(HttpPrelude.Read(Bytes(wrong + "\0\0\0\0\0\0\0\0"))!.Value.Prelude).IsNull();
    }

    [Test]
    [Arguments("\"headers\":{\"a\\r\\nSet-Cookie\":\"b\"}")]
    [Arguments("\"headers\":{\"a b\":\"c\"}")]
    [Arguments("\"headers\":{\"a:b\":\"c\"}")]
    [Arguments("\"headers\":{\"\":\"c\"}")]
    [Arguments("\"headers\":{\"a\":\"b\\nc\"}")]
    [Arguments("\"headers\":{\"a\":\"b\\u0000\"}")]
    [Arguments("\"cookies\":[\"a=b\\r\\nX: y\"]")]
    public async Task A_header_that_would_become_two_makes_the_prelude_wrong(string part) =>
        await Assert.That(HttpPrelude.Read(Bytes($"{{\"statusCode\":200,{part}}}" + "\0\0\0\0\0\0\0\0"))!.Value.Prelude).IsNull();

    private static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
