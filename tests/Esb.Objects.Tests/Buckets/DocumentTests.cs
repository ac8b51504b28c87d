using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Buckets;

/// <summary>Configurations of a bucket: stored and returned, or refused by name.</summary>
public sealed class DocumentTests
{
    [Test]
    public async Task Lifecycle_cors_policy_and_tags_are_given_back_also_after_a_kill_and_can_be_removed()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        var policy =
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","""
                + $"\"Resource\":\"arn:aws:s3:::{bucket}/*\"}}]}}";
        await store.Client.PutLifecycleConfigurationAsync(
            bucket,
            new LifecycleConfiguration
            {
                Rules =
                [
                    new LifecycleRule
                    {
                        Id = "old",
                        Status = LifecycleRuleStatus.Enabled,
                        Filter = new LifecycleFilter { Prefix = "a/" },
                        Expiration = new LifecycleRuleExpiration { Days = 3 },
                    },
                ],
            });
        await store.Client.PutCORSConfigurationAsync(
            bucket,
            new CORSConfiguration { Rules = [new CORSRule { AllowedMethods = ["GET"], AllowedOrigins = ["*"] }] });
        await store.Client.PutBucketPolicyAsync(bucket, policy);
        await store.Client.PutBucketTaggingAsync(bucket, [new Tag { Key = "team", Value = "shop" }]);

        await store.KillAndStartAsync();

        await Assert.That(
            (await store.Client.GetLifecycleConfigurationAsync(bucket)).Configuration.Rules.Single().Expiration.Days)
            .IsEqualTo(3);
        await Assert.That(
            (await store.Client.GetCORSConfigurationAsync(bucket)).Configuration.Rules.Single().AllowedMethods)
            .IsEquivalentTo(["GET"]);
        await Assert.That((await store.Client.GetBucketPolicyAsync(bucket)).Policy).IsEqualTo(policy);
        await Assert.That((await store.Client.GetBucketTaggingAsync(
            new GetBucketTaggingRequest { BucketName = bucket })).TagSet.Single().Value).IsEqualTo("shop");
        await store.Client.DeleteCORSConfigurationAsync(bucket);
        await store.Client.DeleteLifecycleConfigurationAsync(bucket);
        await Assert.That(await CodeAsync(store, bucket, "cors")).IsEqualTo("NoSuchCORSConfiguration");
        await Assert.That(await CodeAsync(store, bucket, "lifecycle")).IsEqualTo("NoSuchLifecycleConfiguration");
    }

    [Test]
    [Arguments("lifecycle", "<LifecycleConfiguration><Rule>", "MalformedXML")]
    [Arguments("cors", "<Other/>", "MalformedXML")]
    [Arguments("policy", "{", "MalformedPolicy")]
    [Arguments(
        "publicAccessBlock",
        "<PublicAccessBlockConfiguration><BlockPublicPolicy>TRUE</BlockPublicPolicy></PublicAccessBlockConfiguration>",
        "MalformedXML")]
    [Arguments(
        "cors",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><CORSConfiguration>&x;</CORSConfiguration>",
        "MalformedXML")]
    public async Task A_malformed_document_is_refused_and_the_old_one_stays(string kind, string document, string code)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        var good = kind switch
        {
            "policy" => "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\","
                + "\"Resource\":\"*\"}}",
            "cors" => "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod>"
                + "<AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
            "publicAccessBlock" => "<PublicAccessBlockConfiguration/>",
            _ => "<LifecycleConfiguration/>",
        };
        var before = await PutAsync(store, bucket, kind, good);

        var answer = await PutAsync(store, bucket, kind, document);
        var after = await RawRequest.SendAsync(store.Port, $"GET /{bucket}?{kind} HTTP/1.1", []);

        await Assert.That(before).StartsWith("HTTP/1.1 20");
        await Assert.That(answer).StartsWith("HTTP/1.1 400").And.Contains($"<Code>{code}</Code>");
        await Assert.That(after).EndsWith(good);
    }

    [Test]
    [Arguments("GET", "acl")]
    [Arguments("PUT", "website")]
    [Arguments("PUT", "notification")]
    [Arguments("PUT", "replication")]
    public async Task An_unsupported_operation_is_answered_with_NotImplemented(string method, string subResource)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await RawRequest.SendAsync(
            store.Port, $"{method} /{bucket}?{subResource} HTTP/1.1\nContent-Length: 0", []);

        await Assert.That(answer).StartsWith("HTTP/1.1 501").And.Contains("<Code>NotImplemented</Code>");
    }

    [Test]
    public async Task Deletes_that_need_a_second_factor_are_refused_by_name()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        var refused = await Refusal.CodeOfAsync(
            () => store.Client.PutBucketVersioningAsync(new PutBucketVersioningRequest
            {
                BucketName = bucket,
                VersioningConfig = new S3BucketVersioningConfig
                {
                    Status = VersionStatus.Enabled,
                    EnableMfaDelete = true,
                },
            }));

        await Assert.That(refused).IsEqualTo("NotImplemented");
        await Assert.That((await store.Client.GetBucketVersioningAsync(bucket)).VersioningConfig.Status?.Value)
            .IsNotEqualTo("Enabled");
    }

    [Test]
    public async Task A_bucket_with_objects_cannot_be_deleted_and_an_empty_one_can()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", [1]);

        var full = await Refusal.CodeOfAsync(() => store.Client.DeleteBucketAsync(bucket));
        await store.Client.DeleteObjectAsync(bucket, "key");
        await store.Client.DeleteBucketAsync(bucket);

        await Assert.That(full).IsEqualTo("BucketNotEmpty");
        await Assert.That((await store.Client.ListBucketsAsync()).Buckets ?? []).IsEmpty();
    }

    private static Task<string> PutAsync(Store store, string bucket, string kind, string document) =>
        RawRequest.SendAsync(
            store.Port,
            $"PUT /{bucket}?{kind} HTTP/1.1\nContent-Length: {document.Length}",
            System.Text.Encoding.Latin1.GetBytes(document));

    private static async Task<string> CodeAsync(Store store, string bucket, string kind) =>
        (await RawRequest.SendAsync(store.Port, $"GET /{bucket}?{kind} HTTP/1.1", [])).Split("<Code>")[^1]
            .Split("</Code>")[0];
}
