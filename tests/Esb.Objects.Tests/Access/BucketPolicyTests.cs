using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Access;

/// <summary>What a bucket's policy allows to everybody, and what it denies to the owner too.</summary>
public sealed class BucketPolicyTests
{
    [Test]
    public async Task Everybody_may_do_what_the_policy_allows_and_nothing_else()
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketWithAsync(
            store, """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::B/pub/*"}""");
        await PutAsync(store, bucket, "pub/a", "private/a");

        await Assert.That(await StatusAsync(store, "GET", $"{bucket}/pub/a")).IsEqualTo(200);
        await Assert.That(await StatusAsync(store, "HEAD", $"{bucket}/pub/a")).IsEqualTo(200);
        await Assert.That(await StatusAsync(store, "GET", $"{bucket}/private/a")).IsEqualTo(403);
        await Assert.That(await StatusAsync(store, "GET", $"{bucket}/pub/../private/a")).IsEqualTo(403);
        await Assert.That(await StatusAsync(store, "PUT", $"{bucket}/pub/a")).IsEqualTo(403);
        await Assert.That(await StatusAsync(store, "DELETE", $"{bucket}/pub/a")).IsEqualTo(403);
        await Assert.That(await StatusAsync(store, "GET", $"{bucket}/pub/a?tagging")).IsEqualTo(403);
        await Assert.That(await StatusAsync(store, "GET", bucket)).IsEqualTo(403);
        await Assert.That(await StatusAsync(store, "GET", "")).IsEqualTo(403);
        await Assert.That(await StatusAsync(store, "GET", $"{bucket}?policy")).IsEqualTo(403);
    }

    [Test]
    public async Task A_denial_also_holds_for_the_owner_who_can_still_replace_the_policy()
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketWithAsync(
            store,
            """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::B","arn:aws:s3:::B/*"]}""");

        await Assert.That(await Refusal.CodeOfAsync(() => store.Client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = "a", ContentBody = "1" }))).IsEqualTo("AccessDenied");
        await Assert.That(await Refusal.CodeOfAsync(() => store.Client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket }))).IsEqualTo("AccessDenied");
        await store.Client.DeleteBucketPolicyAsync(bucket);
        await PutAsync(store, bucket, "a");
    }

    [Test]
    public async Task One_denied_object_of_several_is_not_deleted_and_a_denied_source_is_not_copied()
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketWithAsync(
            store,
            """{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::B/kept"}""",
            """{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::B/secret"}""");
        await PutAsync(store, bucket, "kept", "gone", "secret");

        var deleted = await Assert.That(() => store.Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [new KeyVersion { Key = "kept" }, new KeyVersion { Key = "gone" }],
        })).Throws<DeleteObjectsException>();
        await Assert.That(deleted!.Response.DeleteErrors.Single().Key).IsEqualTo("kept");
        await Assert.That(deleted.Response.DeleteErrors.Single().Code).IsEqualTo("AccessDenied");
        await Assert.That(
            await Refusal.CodeOfAsync(() => store.Client.CopyObjectAsync(bucket, "secret", bucket, "copy")))
            .IsEqualTo("AccessDenied");
        var left = await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        await Assert.That(left.S3Objects.Select(o => o.Key)).IsEquivalentTo(["kept", "secret"]);
    }

    [Test]
    public async Task A_form_without_a_policy_needs_the_permission_of_the_bucket()
    {
        await using var store = await Store.StartAsync();
        var closed = await store.NewBucketAsync();
        var open = await BucketWithAsync(
            store, """{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::B/in/*"}""");

        await Assert.That(await PostPlainAsync(store, closed, "in/a")).IsEqualTo(403);
        await Assert.That(await PostPlainAsync(store, open, "in/a")).IsEqualTo(204);
        await Assert.That(await PostPlainAsync(store, open, "other/a")).IsEqualTo(403);
    }

    [Test]
    public async Task A_public_access_block_refuses_public_policies_and_closes_public_buckets()
    {
        await using var store = await Store.StartAsync();
        const string open =
            """{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::B/*"}""";
        var bucket = await BucketWithAsync(store, open);
        await PutAsync(store, bucket, "a");
        await Assert.That((await store.Client.GetBucketPolicyStatusAsync(
            new GetBucketPolicyStatusRequest { BucketName = bucket })).PolicyStatus.IsPublic).IsTrue();

        await BlockAsync(store, bucket, restricts: true);
        await Assert.That(await StatusAsync(store, "GET", $"{bucket}/a")).IsEqualTo(403);
        await Assert.That(await Refusal.CodeOfAsync(() => PutPolicyAsync(store, bucket, open)))
            .IsEqualTo("AccessDenied");
        await PutPolicyAsync(
            store, bucket, open.Replace("\"AWS\":\"*\"", "\"AWS\":\"arn:aws:iam::111122223333:root\""));
        await Assert.That((await store.Client.GetBucketPolicyStatusAsync(
            new GetBucketPolicyStatusRequest { BucketName = bucket })).PolicyStatus.IsPublic).IsFalse();
        await store.Client.GetObjectAsync(bucket, "a");
    }

    [Test]
    [Arguments("""{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"}}""", 200)]
    [Arguments("""{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.1"]}}""", 403)]
    [Arguments("""{"NotIpAddress":{"aws:SourceIp":"127.0.0.1"}}""", 403)]
    [Arguments("""{"StringLike":{"aws:Referer":"https://www.example.com/*"}}""", 200)]
    [Arguments("""{"StringEquals":{"aws:Referer":"https://www.example.com/*"}}""", 403)]
    [Arguments("""{"StringNotLike":{"aws:Referer":"https://www.example.com/*"}}""", 403)]
    [Arguments("""{"Bool":{"aws:SecureTransport":"true"}}""", 200)]
    [Arguments("""{"Bool":{"aws:SecureTransport":false}}""", 403)]
    [Arguments("""{"StringEquals":{"aws:SourceVpce":"vpce-1"}}""", 403)]
    [Arguments("""{"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}}""", 200)]
    [Arguments("""{"StringNotEquals":{"aws:SourceVpce":"vpce-1"}}""", 200)]
    [Arguments("""{"Null":{"s3:x-amz-server-side-encryption":"true"}}""", 200)]
    [Arguments("""{"Null":{"aws:Referer":true}}""", 403)]
    [Arguments("""{"StringEquals":{"s3:ExistingObjectTag/team":["a","shop"]}}""", 200)]
    [Arguments("""{"StringEquals":{"s3:ExistingObjectTag/Team":"shop"}}""", 403)]
    [Arguments("""{"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}""", 200)]
    [Arguments("""{"DateLessThan":{"aws:EpochTime":"1577836800"}}""", 403)]
    public async Task Conditions_of_an_Allow_must_be_met(string condition, int status)
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketWithAsync(
            store,
            """{"Effect":"Allow","Principal":"*","Action":"s3:Get*","Resource":"arn:aws:s3:::B/*","Condition":C}"""
                .Replace("\"Condition\":C", $"\"Condition\":{condition}", StringComparison.Ordinal));
        await store.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket,
            Key = "a",
            ContentBody = "1",
            TagSet = [new Tag { Key = "team", Value = "shop" }],
        });

        await Assert.That(await StatusAsync(store, "GET", $"{bucket}/a", "https://www.example.com/page"))
            .IsEqualTo(status);
    }

    [Test]
    [Arguments("""{"Statement":[]}""")]
    [Arguments("""{"Statment":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}""")]
    [Arguments("""{"Statement":{"Effect":"Dney","Principal":"*","Action":"s3:*","Resource":"*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":"*","Action":"ec2:*","Resource":"*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::other/*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":"*","Action":[],"Resource":"*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:DeletObject","Resource":"*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:GetObject ","Resource":"*"}}""")]
    [Arguments(
        """{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::B"}}""")]
    [Arguments(
        """{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:ListBucket","Resource":"arn:aws:s3:::B/*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":{"AWS":"bob"},"Action":"s3:*","Resource":"*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":{"AWS":"00000000000"},"Action":"s3:*","Resource":"*"}}""")]
    [Arguments("""
        {"Statement":{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::000000000000:*"},"Action":"s3:*","Resource":"*"}}
        """)]
    [Arguments("""
        {"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",
        "Condition":{"NotIpAddress":{"aws:SourceIp":"1.2.3"}}}}
        """)]
    [Arguments("""
        {"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",
        "Condition":{"NotIpAddress":{"aws:SourceIp":"127.0.0.1/08"}}}}
        """)]
    [Arguments("""{"Statement":{"Effect":"Deny","Principal":"x","Action":"s3:*","Resource":"*"}}""")]
    [Arguments(
        """{"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"*"}}""")]
    [Arguments("""{"Statement":{"Effect":"Deny","Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}""")]
    [Arguments("""
        {"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Equals":{"a:b":"1"}}}}
        """)]
    [Arguments("""
        {"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",
        "Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/40"}}}}
        """)]
    public async Task A_policy_that_is_not_in_the_grammar_is_refused_and_the_old_one_stays(string policy)
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketWithAsync(
            store, """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::B/*"}""");
        var before = (await store.Client.GetBucketPolicyAsync(bucket)).Policy;

        await Assert.That(await Refusal.CodeOfAsync(() =>
            store.Client.PutBucketPolicyAsync(bucket, policy.Replace(":::B", $":::{bucket}"))))
            .IsEqualTo("MalformedPolicy");
        await Assert.That((await store.Client.GetBucketPolicyAsync(bucket)).Policy).IsEqualTo(before);
    }

    [Test]
    public async Task A_stored_policy_that_cannot_be_read_opens_nothing()
    {
        await using var store = await Store.StartAsync();
        var bucket = await BucketWithAsync(
            store, """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::B/*"}""");
        await PutAsync(store, bucket, "a");
        var file = Directory.EnumerateFiles(store.Folder, "policy", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"Effect\"", "\"Efect\""));
        await store.KillAndStartAsync();

        await Assert.That(await StatusAsync(store, "GET", $"{bucket}/a")).IsEqualTo(403);
        await store.Client.GetObjectAsync(bucket, "a");
    }

    private static async Task<string> BucketWithAsync(Store store, params string[] statements)
    {
        var bucket = await store.NewBucketAsync();
        await PutPolicyAsync(store, bucket, statements);
        return bucket;
    }

    private static async Task PutPolicyAsync(Store store, string bucket, params string[] statements) =>
        await store.Client.PutBucketPolicyAsync(
            bucket,
            $"{{\"Version\":\"2012-10-17\",\"Statement\":[{string.Join(',', statements)}]}}"
                .Replace(":::B", $":::{bucket}", StringComparison.Ordinal));

    private static async Task BlockAsync(Store store, string bucket, bool restricts) =>
        await store.Client.PutPublicAccessBlockAsync(new PutPublicAccessBlockRequest
        {
            BucketName = bucket,
            PublicAccessBlockConfiguration =
                new PublicAccessBlockConfiguration { BlockPublicPolicy = true, RestrictPublicBuckets = restricts },
        });

    private static async Task PutAsync(Store store, string bucket, params string[] keys)
    {
        foreach (var key in keys)
            await store.Client.PutObjectAsync(
                new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "1" });
    }

    // The fields that prove who signed the form are left out.
    private static async Task<int> PostPlainAsync(Store store, string bucket, string key)
    {
        using var answer = await new PostedForm(store, bucket).With("key", key).PostAsync(fields =>
        {
            foreach (var name in fields.Keys.Where(name => name != "key").ToList())
                fields.Remove(name);
        });
        return (int)answer.StatusCode;
    }

    private static async Task<int> StatusAsync(Store store, string method, string path, string? referer = null)
    {
        var head = $"{method} /{path} HTTP/1.1\nContent-Length: 0" + (referer is null ? "" : $"\nReferer: {referer}");
        var answer = await RawRequest.SendAsync(store.Port, head, []);
        return int.Parse(answer["HTTP/1.1 ".Length..][..3], CultureInfo.InvariantCulture);
    }
}
