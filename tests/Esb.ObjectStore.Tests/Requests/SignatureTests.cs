using Amazon.S3;
using Amazon.S3.Model;
using Esb.ObjectStore.Tests.Serving;

namespace Esb.ObjectStore.Tests.Requests;

/// <summary>Who may come in.</summary>
public sealed class SignatureTests
{
    [Test]
    public async Task A_wrong_secret_and_an_unknown_key_are_refused_by_name()
    {
        await using var store = await Store.StartAsync();
        using var wrong = store.NewClient("another secret");
        using var unknown = store.NewClient(Store.Secret, "AKIDOTHER");

        var secret = await Refusal.CodeOfAsync(() => wrong.ListBucketsAsync());
        var key = await Refusal.CodeOfAsync(() => unknown.ListBucketsAsync());

        await Assert.That(secret).IsEqualTo("SignatureDoesNotMatch");
        await Assert.That(key).IsEqualTo("InvalidAccessKeyId");
    }

    [Test]
    [Arguments("GET / HTTP/1.1")]
    [Arguments("PUT /bucket HTTP/1.1")]
    [Arguments("DELETE /bucket/key HTTP/1.1")]
    [Arguments("POST /bucket?delete HTTP/1.1")]
    public async Task A_request_without_a_signature_is_refused_whatever_it_asks(string line)
    {
        await using var store = await Store.StartAsync();

        var answer = await RawRequest.SendAsync(store.Port, $"{line}\nContent-Length: 0", []);

        await Assert.That(answer).StartsWith("HTTP/1.1 403").And.Contains("<Code>AccessDenied</Code>");
    }

    [Test]
    public async Task A_chunk_that_was_changed_after_it_was_signed_is_refused_and_not_stored()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        // The signature of the chunk and the checksum of the trailer are left as they were.
        using var client = store.NewClient(Store.Secret, http: new TamperingHttp(body =>
        {
            if (body.Length > 150_000)
                body[^1000] ^= 1;
            return body;
        }));

        var refused = await Refusal.CodeOfAsync(() => client.PutBytesAsync(bucket, "key", Content.Of(200_000)));
        var absent = await Refusal.CodeOfAsync(() => store.Client.GetBytesAsync(bucket, "key"));

        await Assert.That(refused).IsEqualTo("SignatureDoesNotMatch");
        await Assert.That(absent).IsEqualTo("NoSuchKey");
    }

    [Test]
    public async Task A_presigned_url_reads_its_object_and_no_other_and_not_after_its_time()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", "content"u8.ToArray());
        await store.Client.PutBytesAsync(bucket, "other", "secret"u8.ToArray());
        var url = await UrlAsync(store, bucket, DateTime.UtcNow.AddMinutes(5));
        var brief = await UrlAsync(store, bucket, DateTime.UtcNow.AddSeconds(2));
        using var http = new HttpClient();

        using var read = await http.GetAsync(new Uri(url));
        using var other = await http.GetAsync(new Uri(url.Replace("/key?", "/other?", StringComparison.Ordinal)));
        using var written = await http.PutAsync(new Uri(url), new StringContent("x"));
        using var patience = Waits.Begin();
        while ((await http.GetAsync(new Uri(brief), patience.Token)).StatusCode == System.Net.HttpStatusCode.OK)
            await Task.Delay(50, patience.Token);
        using var late = await http.GetAsync(new Uri(brief));

        await Assert.That(await read.Content.ReadAsStringAsync()).IsEqualTo("content");
        await Assert.That((int)other.StatusCode).IsEqualTo(403);
        await Assert.That((int)written.StatusCode).IsEqualTo(403);
        await Assert.That((int)late.StatusCode).IsEqualTo(403);
    }

    private static Task<string> UrlAsync(Store store, string bucket, DateTime expires) =>
        store.Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = bucket, Key = "key", Expires = expires, Protocol = Protocol.HTTP });
}
