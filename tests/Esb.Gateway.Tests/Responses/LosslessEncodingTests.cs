using System.Text;
using CsCheck;
using Esb.Gateway.Responses;

namespace Esb.Gateway.Tests.Responses;

internal sealed class LosslessEncodingTests
{
    // Likely to be the beginning or the rest of a character.
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte,
        Gen.OneOf<byte>(0x61, 0x80, 0xbf, 0xc3, 0xe2, 0xed, 0xa0, 0xf0, 0x9f, 0x98, 0xf4, 0xff)).Array[0, 12];

    [Test]
    public void All_bytes_are_preserved_and_valid_UTF8_is_its_text() => Bytes.Sample(bytes =>
    {
        var text = LosslessEncoding.Instance.GetString(bytes);
        var isText = System.Text.Unicode.Utf8.IsValid(bytes);
        return LosslessEncoding.Instance.GetBytes(text).SequenceEqual(bytes)
            && LosslessEncoding.Instance.GetByteCount(text) == bytes.Length
            && (!isText || text == Encoding.UTF8.GetString(bytes));
    });

    [Test]
    public void Any_buffer_size_preserves_all_bytes() => Gen.Select(Bytes, Gen.Int[4, 9]).Sample((bytes, size) =>
    {
        ReadOnlySpan<char> rest = LosslessEncoding.Instance.GetString(bytes);
        var encoder = LosslessEncoding.Instance.GetEncoder();
        var written = new List<byte>();
        var buffer = new byte[size];
        for (var completed = false; !completed;)
        {
            encoder.Convert(rest, buffer, flush: true, out var read, out var count, out completed);
            written.AddRange(buffer[..count]);
            rest = rest[read..];
        }

        return written.SequenceEqual(bytes);
    });

    [Test]
    [Arguments("\u00e4")]
    [Arguments("\U0001F600\U000103FF")]
    [Arguments("a\ud83d")]
    public async Task Text_is_written_as_UTF8(string text) =>
        await Assert.That(LosslessEncoding.Instance.GetBytes(text)).IsEquivalentTo(Encoding.UTF8.GetBytes(text));
}
