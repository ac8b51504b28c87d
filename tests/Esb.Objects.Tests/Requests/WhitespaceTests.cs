using System.Text;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>What is white space around a value is no part of it; what only .NET takes for white space is.</summary>
public sealed class WhitespaceTests
{
    [Test]
    [Arguments("voilà", "voilà", 200)]
    [Arguments("Å", "Å", 200)]
    [Arguments(" \t voilà \t", "voilà", 200)]
    [Arguments("owner\u00a0", "owner", 403)]
    [Arguments("owner\u3000", "owner", 403)]
    public async Task A_signed_header_has_the_bytes_that_were_sent_but_for_spaces_and_tabs_around_them(
        string sent,
        string signed,
        int status)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var path = $"/{bucket}/key";
        var url = Presigner.Version4(store, "PUT", path, header: ("x-amz-meta-name", signed));

        var answer = await RawRequest.SendAsync(
            store.Port,
            $"PUT {url.PathAndQuery} HTTP/1.1\nContent-Length: 0\nx-amz-meta-name:{OnTheWire(sent)}",
            []);

        await Assert.That(answer).StartsWith($"HTTP/1.1 {status}");
    }

    [Test]
    [Arguments("voilà")]
    [Arguments("Å")]
    public async Task A_header_in_a_url_of_version_2_has_the_bytes_that_were_signed(string value)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        using var http = new HttpClient();

        using var answer = await http.PutAsync(
            Presigner.Version2(store, "PUT", $"/{bucket}/key", header: $"x-amz-meta-name={value}"), null);

        await Assert.That((int)answer.StatusCode).IsEqualTo(200);
    }

    // RawRequest writes Latin-1, one byte for each character.
    private static string OnTheWire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
