using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using Esb.Gateway.Events;
using Esb.Gateway.RuntimeApi;

namespace Esb.Gateway.Tests.Events;

internal sealed class BodyEncodingTests
{
    private static readonly string[] Pieces =
        ["\u0001", "\"", "\\", "\u007f", "\n", "a", "\u2028", "\u00e9", "\U0001F600"];

    private static readonly Gen<string> Escaped = Gen.Int[0, 8].Select(i => Pieces[i]);

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    [Test]
    public void A_body_fits_exactly_if_its_encoded_form_does() =>
        Gen.Select(Gen.OneOf(Gen.String[0, 3000], Escaped.Array[0, 20_000].Select(string.Concat)), Gen.Bool)
            .Sample((text, base64) =>
        {
            // Lone surrogates are not valid text.
            var body = Encoding.UTF8.GetBytes(text);
            using var written = new MemoryStream();
            using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = Encoder }))
            {
                if (base64)
                    json.WriteBase64StringValue(body);
                else
                    json.WriteStringValue(body);
            }

            var length = (int)written.Length - 2;
            return BodyEncoding.Fits(body, base64, Encoder, length)
                && (length == 0 || !BodyEncoding.Fits(body, base64, Encoder, length - 1));
        });

    [Test]
    [Arguments(0x01, 1024 * 1024, true)]
    [Arguments(0x01, (1024 * 1024) + 1, false)]
    [Arguments('"', 3 * 1024 * 1024, true)]
    [Arguments('"', (3 * 1024 * 1024) + 1, false)]
    [Arguments('a', 6 * 1024 * 1024, true)]
    public async Task Escapes_count_towards_the_size(int character, int length, bool fits)
    {
        var body = new byte[length];
        Array.Fill(body, (byte)character);
        await Assert.That(BodyEncoding.Fits(body, base64: false, Encoder, InvocationLimits.RequestBytes))
            .IsEqualTo(fits);
    }
}
