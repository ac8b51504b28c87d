using System.Buffers;
using System.Text;
using Esb.Gateway.Responses;

namespace Esb.Gateway.Tests.Responses;

internal sealed class PreludeReaderTests
{
    private const string End = "\0\0\0\0\0\0\0\0";

    [Test]
    [Arguments("""{"statusCode":201,"headers":{"Content-Type":"text/html"},"cookies":["a=1","b=2"]}""")]
    [Arguments("""{"statusCode":"201","headers":{"Content-Type":"text/html","X-Not":null},"cookies":["a=1","b=2"]}""")]
    public async Task Status_headers_and_cookies_are_read_and_the_body_begins_after_eight_NULs(string document)
    {
        var reader = new PreludeReader();
        await Assert.That(reader.Take(Bytes(document + End + "<p>"), out var body)).IsEqualTo(PreludeForm.Complete);
        var head = reader.Head;
        await Assert.That((head.Status, head.Headers.Single().Value, string.Join(';', head.Cookies)))
            .IsEqualTo((201, "text/html", "a=1;b=2"));
        await Assert.That(Encoding.UTF8.GetString(body)).IsEqualTo("<p>");
    }

    [Test]
    public async Task A_prelude_may_arrive_byte_by_byte()
    {
        var reader = new PreludeReader();
        var text = """{"statusCode":202}""" + End;
        foreach (var character in text[..^1])
            await Assert.That(reader.Take(Bytes(character.ToString()), out _)).IsEqualTo(PreludeForm.Incomplete);
        await Assert.That(reader.Take(Bytes("\0"), out var body)).IsEqualTo(PreludeForm.Complete);
        await Assert.That((reader.Head.Status, body.Length)).IsEqualTo((202, 0L));
    }

    [Test]
    [Arguments("[]")]
    [Arguments("{")]
    [Arguments("")]
    [Arguments("""{"statusCode":"x"}""")]
    [Arguments("""{"statusCode":99}""")]
    [Arguments("""{"headers":{"X-A":"a\r\nb"}}""")]
    [Arguments("""{"headers":{"X A":"a"}}""")]
    [Arguments("""{"headers":{"X:A":"a"}}""")]
    [Arguments("""{"headers":{"":"a"}}""")]
    [Arguments("""{"headers":{"X-A\r\nSet-Cookie":"a"}}""")]
    [Arguments("""{"headers":{"X-A":"a\u0000"}}""")]
    [Arguments("""{"headers":{"X-A":["a"]}}""")]
    [Arguments("""{"cookies":["a=1\n"]}""")]
    [Arguments("""{"cookies":[null]}""")]
    public async Task An_invalid_prelude_is_malformed(string document) =>
        await Assert.That(new PreludeReader().Take(Bytes(document + End), out _)).IsEqualTo(PreludeForm.Malformed);

    [Test]
    public async Task A_prelude_over_its_limit_is_malformed_whether_or_not_it_ends()
    {
        var tooMuch = new string(' ', PreludeReader.MaxBytes + 1);
        await Assert.That(new PreludeReader().Take(Bytes(tooMuch), out _)).IsEqualTo(PreludeForm.Malformed);
        await Assert.That(new PreludeReader().Take(Bytes(tooMuch + "{}" + End), out _))
            .IsEqualTo(PreludeForm.Malformed);
    }

    private static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
