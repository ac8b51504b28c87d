using Amazon.S3;
using Amazon.S3.Model;
using static Esb.Stores.Tests.Sdks.Rows;

namespace Esb.Stores.Tests.Sdks.DotNet;

/// <summary>Buckets and what belongs to them.</summary>
internal static class BucketCalls
{
    public const string Name = "net-objects";
    public const string Locked = "net-locked";

    public static async Task RunAsync(AmazonS3Client client, Rows rows)
    {
        await rows.AddAsync("CreateBucket", async () =>
        {
            await client.PutBucketAsync(Name);
            await client.PutBucketAsync(
                new PutBucketRequest { BucketName = Locked, ObjectLockEnabledForBucket = true });
        });
        await rows.AddAsync("HeadBucket", async () =>
        {
            await client.HeadBucketAsync(new() { BucketName = Name });
            await RefusedAsync("NotFound", () => client.HeadBucketAsync(new() { BucketName = "net-missing" }));
        });
        await rows.AddAsync("ListBuckets", async () => Check(
            (await client.ListBucketsAsync()).Buckets.Exists(bucket => bucket.BucketName == Name), "not listed"));
        await rows.AddAsync("GetBucketLocation", () => client.GetBucketLocationAsync(Name));
        await rows.AddAsync("PutBucketVersioning", () => client.PutBucketVersioningAsync(
            new() { BucketName = Name, VersioningConfig = new() { Status = VersionStatus.Enabled } }));
        await rows.AddAsync("GetBucketVersioning", async () => Check(
            (await client.GetBucketVersioningAsync(Name)).VersioningConfig.Status == VersionStatus.Enabled, "status"));
        await LocksAsync(client, rows);
        await DocumentsAsync(client, rows);
        await AccessAsync(client, rows);
    }

    /// <summary>Deletes all versions and the buckets.</summary>
    public static async Task DeleteAsync(AmazonS3Client client, Rows rows)
    {
        await rows.AddAsync("DeleteObjects", async () =>
        {
            foreach (var bucket in new[] { Name, Locked })
            {
                var versions = (await client.ListVersionsAsync(bucket)).Versions;
                var answer = await client.DeleteObjectsAsync(new()
                {
                    BucketName = bucket,
                    BypassGovernanceRetention = bucket == Locked,
                    Objects = [.. versions.Select(v => new KeyVersion { Key = v.Key, VersionId = v.VersionId })],
                });
                Check(answer.DeletedObjects.Count == versions.Count, "not all deleted");
            }
        });
        await rows.AddAsync("DeleteBucket", async () =>
        {
            await client.DeleteBucketAsync(Name);
            await client.DeleteBucketAsync(Locked);
        });
    }

    private static async Task LocksAsync(AmazonS3Client client, Rows rows)
    {
        await rows.AddAsync("PutObjectLockConfiguration", () => client.PutObjectLockConfigurationAsync(new()
        {
            BucketName = Locked,
            ObjectLockConfiguration = new()
            {
                ObjectLockEnabled = ObjectLockEnabled.Enabled,
                Rule = new() { DefaultRetention = new() { Mode = ObjectLockRetentionMode.Governance, Days = 1 } },
            },
        }));
        await rows.AddAsync("GetObjectLockConfiguration", async () => Check(
            (await client.GetObjectLockConfigurationAsync(new() { BucketName = Locked }))
                .ObjectLockConfiguration.Rule.DefaultRetention.Days == 1,
            "days"));
    }

    private static async Task DocumentsAsync(AmazonS3Client client, Rows rows)
    {
        await rows.AddAsync("PutBucketCors", () => client.PutCORSConfigurationAsync(
            Name, new() { Rules = [new() { AllowedMethods = ["GET"], AllowedOrigins = ["*"] }] }));
        await rows.AddAsync("GetBucketCors", async () => Check(
            (await client.GetCORSConfigurationAsync(Name)).Configuration.Rules[0].AllowedMethods is ["GET"], "rule"));
        await rows.AddAsync("DeleteBucketCors", () => client.DeleteCORSConfigurationAsync(Name));
        await rows.AddAsync("PutBucketTagging", () => client.PutBucketTaggingAsync(
            Name, [new() { Key = "team", Value = "a" }]));
        await rows.AddAsync("GetBucketTagging", async () => Check(
            (await client.GetBucketTaggingAsync(new() { BucketName = Name })).TagSet.Single().Value == "a", "tag"));
        await rows.AddAsync("DeleteBucketTagging", () => client.DeleteBucketTaggingAsync(Name));
        await rows.AddAsync("PutBucketEncryption", () => client.PutBucketEncryptionAsync(new()
        {
            BucketName = Name,
            ServerSideEncryptionConfiguration = new()
            {
                ServerSideEncryptionRules =
                [
                    new()
                    {
                        ServerSideEncryptionByDefault = new()
                        {
                            ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AES256,
                        },
                    },
                ],
            },
        }));
        await rows.AddAsync("GetBucketEncryption", async () => Check(
            (await client.GetBucketEncryptionAsync(new() { BucketName = Name }))
                .ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Count == 1,
            "rule"));
        await rows.AddAsync("DeleteBucketEncryption", () => client.DeleteBucketEncryptionAsync(
            new() { BucketName = Name }));
        await rows.AddAsync("PutBucketLifecycleConfiguration", () => client.PutLifecycleConfigurationAsync(Name, new()
        {
            Rules =
            [
                new()
                {
                    Id = "r",
                    Status = LifecycleRuleStatus.Enabled,
                    Filter = new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = "tmp/" } },
                    Expiration = new() { Days = 7 },
                },
            ],
        }));
        await rows.AddAsync("GetBucketLifecycleConfiguration", async () => Check(
            (await client.GetLifecycleConfigurationAsync(Name)).Configuration.Rules[0].Expiration.Days == 7, "days"));
        await rows.AddAsync("DeleteBucketLifecycle", () => client.DeleteLifecycleConfigurationAsync(Name));
    }

    private static async Task AccessAsync(AmazonS3Client client, Rows rows)
    {
        await rows.AddAsync("PutBucketPolicy", () => client.PutBucketPolicyAsync(
            Name,
            $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
            "Resource":"arn:aws:s3:::{{Name}}/public/*"}]}
            """));
        await rows.AddAsync("GetBucketPolicy", async () => Check(
            (await client.GetBucketPolicyAsync(Name)).Policy.Contains("public"), "policy"));
        await rows.AddAsync("GetBucketPolicyStatus", async () => Check(
            (await client.GetBucketPolicyStatusAsync(new() { BucketName = Name })).PolicyStatus.IsPublic == true,
            "public"));
        await rows.AddAsync("DeleteBucketPolicy", () => client.DeleteBucketPolicyAsync(Name));
        await rows.AddAsync("PutBucketOwnershipControls", () => client.PutBucketOwnershipControlsAsync(new()
        {
            BucketName = Name,
            OwnershipControls = new() { Rules = [new() { ObjectOwnership = ObjectOwnership.BucketOwnerEnforced }] },
        }));
        await rows.AddAsync("GetBucketOwnershipControls", async () => Check(
            (await client.GetBucketOwnershipControlsAsync(new() { BucketName = Name }))
                .OwnershipControls.Rules.Count == 1,
            "rule"));
        await rows.AddAsync("DeleteBucketOwnershipControls", () => client.DeleteBucketOwnershipControlsAsync(
            new() { BucketName = Name }));
        await rows.AddAsync("PutPublicAccessBlock", () => client.PutPublicAccessBlockAsync(new()
        {
            BucketName = Name,
            PublicAccessBlockConfiguration = new() { BlockPublicPolicy = true },
        }));
        await rows.AddAsync("GetPublicAccessBlock", async () => Check(
            (await client.GetPublicAccessBlockAsync(new() { BucketName = Name }))
                .PublicAccessBlockConfiguration.BlockPublicPolicy == true,
            "block"));
        await rows.AddAsync("DeletePublicAccessBlock", () => client.DeletePublicAccessBlockAsync(
            new() { BucketName = Name }));
    }
}
