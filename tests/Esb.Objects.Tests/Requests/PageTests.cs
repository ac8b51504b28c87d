using System.Net;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>What a page in the browser of the person who runs the store may send.</summary>
public sealed class PageTests
{
    [Test]
    [Arguments("", "", "", HttpStatusCode.OK)]
    [Arguments("bucket.localhost", "", "", HttpStatusCode.NotFound)]
    [Arguments("", "http://evil.example", "", HttpStatusCode.Forbidden)]
    [Arguments("", "", "cross-site", HttpStatusCode.Forbidden)]
    [Arguments("", "", "same-site", HttpStatusCode.Forbidden)]
    [Arguments("evil.example", "", "", HttpStatusCode.Forbidden)]
    public async Task A_store_that_lets_everyone_in_lets_no_foreign_page_in(
        string host,
        string origin,
        string site,
        HttpStatusCode expected)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        await Assert.That(await AskAsync(store.Address, host, origin, site)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("X-Forwarded-For")]
    [Arguments("CDN-Loop")]
    [Arguments("X-Envoy-External-Address")]
    public async Task A_store_that_lets_everyone_in_lets_nobody_in_through_a_proxy(string mark)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, store.Address);
        request.Headers.TryAddWithoutValidation(mark, "10.0.0.7");
        using var answer = await client.SendAsync(request);
        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task A_presigned_url_works_from_a_page_of_any_origin_and_nothing_else_does()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", "content"u8.ToArray());
        var presigned = await store.Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = "key",
            Expires = DateTime.UtcNow.AddMinutes(5),
            Protocol = Amazon.S3.Protocol.HTTP,
        });

        await Assert.That(await AskAsync(new Uri(presigned), "", "https://app.example", "cross-site"))
            .IsEqualTo(HttpStatusCode.OK);
        await Assert.That(
            await AskAsync(new Uri(store.Address, $"{bucket}/key"), "", "https://app.example", "cross-site"))
            .IsEqualTo(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> AskAsync(Uri address, string host, string origin, string site)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (host.Length > 0)
            request.Headers.Host = host;
        if (origin.Length > 0)
            request.Headers.Add("Origin", origin);
        if (site.Length > 0)
            request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
