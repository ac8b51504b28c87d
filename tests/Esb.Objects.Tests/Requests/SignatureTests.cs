using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Who has access.</summary>
public sealed class SignatureTests
{
    private static readonly string[] SubResources =
    [
        "accelerate", "acl", "analytics", "attributes", "cors", "encryption", "intelligent-tiering", "inventory",
        "legal-hold", "lifecycle", "location", "logging", "metrics", "notification", "object-lock", "ownershipControls",
        "policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment", "restore", "retention",
        "select", "session", "tagging", "torrent", "uploadId=1", "uploads", "versioning", "versions", "website",
    ];

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
    public async Task A_chunk_that_was_changed_after_signing_is_refused_and_not_stored()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        // The signature of the chunk and the checksum of the trailer stay the same.
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
    public async Task A_presigned_url_reads_only_its_object_and_only_until_it_expires()
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
        await Eventually.TrueAsync(
            async () => (await http.GetAsync(new Uri(brief))).StatusCode != System.Net.HttpStatusCode.OK);
        using var late = await http.GetAsync(new Uri(brief));

        await Assert.That(await read.Content.ReadAsStringAsync()).IsEqualTo("content");
        await Assert.That((int)other.StatusCode).IsEqualTo(403);
        await Assert.That((int)written.StatusCode).IsEqualTo(403);
        await Assert.That((int)late.StatusCode).IsEqualTo(403);
    }

    [Test]
    public async Task A_presigned_url_that_names_the_hash_of_its_body_takes_that_body_and_no_other()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData("content"u8));
        using var http = new HttpClient();
        var other = Presigner.Version4(
            store, "PUT", $"/{bucket}/other", new Dictionary<string, string> { ["X-Amz-Content-Sha256"] = hash });
        var right = Presigner.Version4(
            store, "PUT", $"/{bucket}/right", new Dictionary<string, string> { ["X-Amz-Content-Sha256"] = hash });

        using var refused = await http.PutAsync(other, new ByteArrayContent("CONTENT"u8.ToArray()));
        using var taken = await http.PutAsync(right, new ByteArrayContent("content"u8.ToArray()));
        var absent = await Refusal.CodeOfAsync(() => store.Client.GetBytesAsync(bucket, "other"));

        await Assert.That((int)refused.StatusCode).IsEqualTo(400);
        await Assert.That(await refused.Content.ReadAsStringAsync()).Contains("<Code>XAmzContentSHA256Mismatch</Code>");
        await Assert.That(absent).IsEqualTo("NoSuchKey");
        await Assert.That((int)taken.StatusCode).IsEqualTo(200);
        await Assert.That(await store.Client.GetBytesAsync(bucket, "right")).IsEquivalentTo("content"u8.ToArray());
    }

    [Test]
    [Arguments("s3", "aws4_request", null, 200)]
    [Arguments("lambda", "aws4_request", null, 400)]
    [Arguments("dynamodb", "aws4_request", null, 404)]
    [Arguments("s3", "aws4_requests", null, 400)]
    [Arguments("s3", "aws4_request", "20200101", 400)]
    public async Task A_signature_holds_for_its_service_and_day_alone(
        string service,
        string terminator,
        string? day,
        int status)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync(Presigner.Version4(
            store, "GET", $"/{bucket}", null, service, terminator, day));

        await Assert.That((int)answer.StatusCode).IsEqualTo(status);
    }

    [Test]
    [Arguments("", "")]
    [Arguments("", "list-type=2")]
    [Arguments("/", "list-type=2")]
    [Arguments("", "prefix=a")]
    public async Task A_url_of_version_2_lists_its_bucket(string slash, string more)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync(
            new Uri($"{Presigner.Version2(store, "GET", $"/{bucket}{slash}")}&{more}".Replace(
                $"/{bucket}/?", $"/{bucket}?", StringComparison.Ordinal)));

        await Assert.That((int)answer.StatusCode).IsEqualTo(200);
    }

    [Test]
    public async Task A_url_of_version_2_holds_for_no_sub_resource_that_it_does_not_name()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", "content"u8.ToArray());
        using var http = new HttpClient();
        var plain = await StatusesAsync(sub => Presigner.Version2(store, "GET", $"/{bucket}"));
        var objects = await StatusesAsync(sub => Presigner.Version2(store, "GET", $"/{bucket}/key"));
        using var named = await http.GetAsync(Presigner.Version2(store, "GET", $"/{bucket}", "versions"));
        using var two = await http.GetAsync(
            new Uri($"{Presigner.Version2(store, "GET", $"/{bucket}", "versions")}&encryption"));

        await Assert.That(plain.Where(answer => answer.Status != 403)).IsEmpty();
        await Assert.That(objects.Where(answer => answer.Status != 403)).IsEmpty();
        await Assert.That((int)named.StatusCode).IsNotEqualTo(403);
        await Assert.That((int)two.StatusCode).IsEqualTo(403);

        async Task<List<(string Sub, int Status)>> StatusesAsync(Func<string, Uri> url)
        {
            List<(string, int)> answers = [];
            foreach (var sub in SubResources)
            {
                using var answer = await http.GetAsync(new Uri($"{url(sub)}&{sub}"));
                answers.Add((sub, (int)answer.StatusCode));
            }

            return answers;
        }
    }

    [Test]
    public async Task A_request_that_is_signed_in_two_ways_is_refused()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Presigner.Version4(store, "GET", $"/{bucket}"));
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + $"Credential={Store.AccessKey}/20200101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x");

        using var answer = await http.SendAsync(request);

        await Assert.That((int)answer.StatusCode).IsEqualTo(400);
        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains("Only one auth mechanism allowed");
    }

    private static Task<string> UrlAsync(Store store, string bucket, DateTime expires) =>
        store.Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = "key",
            Expires = expires,
            Protocol = Protocol.HTTP,
        });
}
