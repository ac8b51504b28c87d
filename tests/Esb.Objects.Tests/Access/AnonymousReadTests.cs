using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Access;

/// <summary>What a caller learns who may read objects and do nothing else.</summary>
public sealed class AnonymousReadTests
{
    [Test]
    public async Task Who_may_not_list_a_bucket_does_not_learn_which_keys_exist()
    {
        await using var store = await Store.StartAsync();
        using var http = new HttpClient();
        var bucket = await BucketAsync(store, "s3:GetObject*");
        var gone = (await store.Client.DeleteObjectAsync(bucket, "k")).VersionId;

        foreach (var path in new[] { "missing", "k", "k?tagging", "k?versionId=null" })
        {
            using var get = await http.GetAsync(new Uri(store.Address, $"{bucket}/{path}"));
            await Assert.That((int)get.StatusCode).IsEqualTo(403).Because(path);
            await Assert.That(get.Headers.Contains("x-amz-delete-marker")).IsFalse();
        }

        using var head = await http.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, new Uri(store.Address, $"{bucket}/missing")));
        await Assert.That((int)head.StatusCode).IsEqualTo(403);
        await Assert.That(gone).IsNotNull();

        await AllowAsync(store, bucket, "s3:GetObject*", "s3:ListBucket");
        using var listed = await http.GetAsync(new Uri(store.Address, $"{bucket}/missing"));
        await Assert.That((int)listed.StatusCode).IsEqualTo(404);
    }

    [Test]
    public async Task The_owner_does_not_learn_it_either_if_listing_is_denied_not_even_by_a_copy()
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketAsync(store, "s3:GetObject");
        var other = await store.NewBucketAsync();
        await store.Client.PutBucketPolicyAsync(
            bucket,
            $$$"""
              {"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:ListBucket",
              "Resource":"arn:aws:s3:::{{{bucket}}}"}}
              """);

        await Assert.That(await Refusal.CodeOfAsync(() => store.Client.GetObjectAsync(bucket, "missing")))
            .IsEqualTo("AccessDenied");
        await Assert.That(await Refusal.CodeOfAsync(() =>
            store.Client.CopyObjectAsync(bucket, "missing", other, "copy"))).IsEqualTo("AccessDenied");
        await Assert.That(await Refusal.CodeOfAsync(() =>
            store.Client.CopyObjectAsync(other, "missing", bucket, "copy"))).IsEqualTo("NoSuchKey");
    }

    [Test]
    public async Task An_answer_tells_of_tags_and_locks_only_to_those_who_may_read_them()
    {
        await using var store = await Store.StartAsync();
        using var http = new HttpClient();
        var bucket = await BucketAsync(store, "s3:GetObject");

        using var plain = await http.GetAsync(new Uri(store.Address, $"{bucket}/k"));
        await AllowAsync(
            store, bucket, "s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectRetention", "s3:GetObjectLegalHold");
        using var full = await http.GetAsync(new Uri(store.Address, $"{bucket}/k"));

        string[] told =
        [
            "x-amz-tagging-count", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date",
            "x-amz-object-lock-legal-hold",
        ];
        await Assert.That((int)plain.StatusCode).IsEqualTo(200);
        await Assert.That(told.Where(plain.Headers.Contains)).IsEmpty();
        await Assert.That(told.Where(full.Headers.Contains)).IsEquivalentTo(told);
    }

    [Test]
    [Arguments("response-content-type=text/html")]
    [Arguments("response-cache-control=x")]
    [Arguments("response-content-disposition=attachment&versionId=null")]
    public async Task A_link_without_a_signature_cannot_choose_headers_of_the_answer(string query)
    {
        await using var store = await Store.StartAsync();
        using var http = new HttpClient();
        var bucket = await store.NewBucketAsync();
        await AllowAsync(store, bucket, "s3:GetObject*");
        await store.Client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = "k", ContentBody = "1" });

        using var answer = await http.GetAsync(new Uri(store.Address, $"{bucket}/k?{query}"));
        using var signed = await http.GetAsync(Presigner.Version4(
            store, "GET", $"/{bucket}/k",
            new Dictionary<string, string> { ["response-content-type"] = "text/html" }));

        await Assert.That((int)answer.StatusCode).IsEqualTo(400);
        await Assert.That(await answer.Content.ReadAsStringAsync()).Contains("<Code>InvalidRequest</Code>")
            .And.Contains("Request specific response headers cannot be used for anonymous GET requests");
        await Assert.That(signed.Content.Headers.ContentType!.MediaType).IsEqualTo("text/html");
    }

    private static async Task<string> BucketAsync(Store store, params string[] actions)
    {
        var bucket = $"bucket-{Guid.NewGuid():N}"[..20];
        await store.Client.PutBucketAsync(new PutBucketRequest
        {
            BucketName = bucket,
            ObjectLockEnabledForBucket = true,
        });
        await AllowAsync(store, bucket, actions);
        await store.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket,
            Key = "k",
            ContentBody = "1",
            TagSet = [new Tag { Key = "t", Value = "1" }],
            ObjectLockMode = Amazon.S3.ObjectLockMode.Governance,
            ObjectLockRetainUntilDate = DateTime.UtcNow.AddDays(1),
            ObjectLockLegalHoldStatus = Amazon.S3.ObjectLockLegalHoldStatus.On,
        });
        return bucket;
    }

    private static async Task AllowAsync(Store store, string bucket, params string[] actions) =>
        await store.Client.PutBucketPolicyAsync(
            bucket,
            $$$"""
              {"Statement":{"Effect":"Allow","Principal":"*","Action":["{{{string.Join("\",\"", actions)}}}"],
              "Resource":["arn:aws:s3:::{{{bucket}}}","arn:aws:s3:::{{{bucket}}}/*"]}}
              """);
}
