using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Versions;

/// <summary>Retention and legal hold.</summary>
public sealed class ObjectLockTests
{
    // Whole seconds, as clients send them.
    private static readonly DateTime Soon = DateTime.UtcNow.Date.AddDays(10);
    private static readonly DateTime Later = Soon.AddDays(10);

    [Test]
    public async Task A_bucket_with_object_lock_has_versioning_for_good()
    {
        await using var store = await Store.StartAsync();
        var bucket = await LockedAsync(store);

        var suspended = await Refusal.CodeOfAsync(
            () => store.Client.SetVersioningAsync(bucket, VersionStatus.Suspended));
        await store.KillAndStartAsync();
        var found = await store.Client.GetObjectLockConfigurationAsync(new() { BucketName = bucket });

        await Assert.That(suspended).IsEqualTo("InvalidBucketState");
        await Assert.That(found.ObjectLockConfiguration.ObjectLockEnabled).IsEqualTo(ObjectLockEnabled.Enabled);
        await Assert.That((await store.Client.GetBucketVersioningAsync(bucket)).VersioningConfig.Status)
            .IsEqualTo(VersionStatus.Enabled);
    }

    [Test]
    public async Task An_existing_bucket_gets_object_lock_with_its_versioning_and_not_by_a_second_creation()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        var again = await Refusal.CodeOfAsync(() => store.Client.PutBucketAsync(
            new PutBucketRequest { BucketName = bucket, ObjectLockEnabledForBucket = true }));
        var early = await Refusal.CodeOfAsync(() => SetDefaultAsync(store, bucket, ObjectLockRetentionMode.Governance));
        var none = await Refusal.CodeOfAsync(
            () => store.Client.GetObjectLockConfigurationAsync(new() { BucketName = bucket }));
        await store.Client.SetVersioningAsync(bucket, VersionStatus.Enabled);
        await SetDefaultAsync(store, bucket, ObjectLockRetentionMode.Governance);

        await Assert.That((again, early, none))
            .IsEqualTo(("BucketAlreadyOwnedByYou", "InvalidBucketState", "ObjectLockConfigurationNotFoundError"));
    }

    [Test]
    public async Task A_retained_version_stays_while_its_key_can_be_written_and_deleted()
    {
        await using var store = await Store.StartAsync();
        var bucket = await LockedAsync(store);
        var id = await store.Client.PutTextAsync(bucket, "key", "kept", Retained(ObjectLockMode.Governance));

        var marker = (await store.Client.DeleteObjectAsync(bucket, "key")).VersionId;
        await store.Client.PutTextAsync(bucket, "key", "newer");
        var one = await Refusal.CodeOfAsync(() => store.Client.DeleteVersionAsync(bucket, "key", id));
        var many = await store.Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [new KeyVersion { Key = "key", VersionId = marker }],
        });
        await store.KillAndStartAsync();

        await Assert.That((one, many.DeletedObjects.Count)).IsEqualTo(("AccessDenied", 1));
        await Assert.That(await store.Client.GetTextAsync(bucket, "key", id)).IsEqualTo("kept");
        var head = await store.Client.GetObjectMetadataAsync(bucket, "key", id);
        await Assert.That((head.ObjectLockMode, head.ObjectLockRetainUntilDate?.ToUniversalTime()))
            .IsEqualTo((ObjectLockMode.Governance, Soon));
        await Assert.That(await Refusal.CodeOfAsync(() => store.Client.DeleteVersionAsync(bucket, "key", id)))
            .IsEqualTo("AccessDenied");
    }

    [Test]
    [Arguments("GOVERNANCE", false, "AccessDenied")]
    [Arguments("GOVERNANCE", true, "none")]
    [Arguments("COMPLIANCE", true, "AccessDenied")]
    public async Task Governance_can_be_bypassed_by_who_says_so_and_compliance_cannot(
        string mode,
        bool bypasses,
        string code)
    {
        await using var store = await Store.StartAsync();
        var bucket = await LockedAsync(store);
        var id = await store.Client.PutTextAsync(bucket, "key", "kept", Retained(new ObjectLockMode(mode), Later));
        var other = mode == "GOVERNANCE" ? "COMPLIANCE" : "GOVERNANCE";

        var extended = await Refusal.CodeOfAsync(() => RetainAsync(store, bucket, mode, Later.AddDays(1)));
        var shortened = await Refusal.CodeOfAsync(() => RetainAsync(store, bucket, mode, Soon, bypasses));
        var removed = await Refusal.CodeOfAsync(() => RetainAsync(store, bucket, null, null, bypasses));
        // With a bypass nothing is retained any more, so it is set again, to be changed.
        await RetainAsync(store, bucket, mode, Later.AddDays(1));
        var changed = await Refusal.CodeOfAsync(() => RetainAsync(store, bucket, other, Later.AddDays(1), bypasses));
        var deleted = await Refusal.CodeOfAsync(() => store.Client.DeleteVersionAsync(bucket, "key", id, bypasses));

        await Assert.That((extended, shortened, removed, changed)).IsEqualTo(("none", code, code, code));
        // What was changed to compliance is kept from then on.
        await Assert.That(deleted).IsEqualTo("AccessDenied");
    }

    [Test]
    public async Task A_bypass_deletes_a_version_under_governance_also_in_a_list()
    {
        await using var store = await Store.StartAsync();
        var bucket = await LockedAsync(store);
        var first = await store.Client.PutTextAsync(bucket, "key", "a", Retained(ObjectLockMode.Governance));
        var second = await store.Client.PutTextAsync(bucket, "key", "b", Retained(ObjectLockMode.Governance));

        await store.Client.DeleteVersionAsync(bucket, "key", first, bypasses: true);
        await store.Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = bucket,
            BypassGovernanceRetention = true,
            Objects = [new KeyVersion { Key = "key", VersionId = second }],
        });

        await Assert.That(await store.Client.VersionsAsync(bucket)).IsEmpty();
    }

    [Test]
    public async Task A_legal_hold_keeps_a_version_until_it_is_lifted_whatever_is_bypassed()
    {
        await using var store = await Store.StartAsync();
        var bucket = await LockedAsync(store);
        var id = await store.Client.PutTextAsync(
            bucket, "key", "kept", put => put.ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On);
        Task HoldAsync(ObjectLockLegalHoldStatus status) => store.Client.PutObjectLegalHoldAsync(
            new PutObjectLegalHoldRequest
            {
                BucketName = bucket,
                Key = "key",
                VersionId = id,
                LegalHold = new ObjectLockLegalHold { Status = status },
            });
        Task<string> DeleteAsync() =>
            Refusal.CodeOfAsync(() => store.Client.DeleteVersionAsync(bucket, "key", id, bypasses: true));

        var before = await DeleteAsync();
        await HoldAsync(ObjectLockLegalHoldStatus.Off);
        var off = (await store.Client.GetObjectLegalHoldAsync(new() { BucketName = bucket, Key = "key" })).LegalHold;
        await HoldAsync(ObjectLockLegalHoldStatus.On);
        var again = await DeleteAsync();
        await HoldAsync(ObjectLockLegalHoldStatus.Off);
        var after = await DeleteAsync();

        await Assert.That((before, off.Status, again, after))
            .IsEqualTo(("AccessDenied", ObjectLockLegalHoldStatus.Off, "AccessDenied", "none"));
    }

    [Test]
    public async Task New_versions_are_retained_by_default_however_they_are_written()
    {
        await using var store = await Store.StartAsync();
        var bucket = await LockedAsync(store);
        var before = await store.Client.PutTextAsync(bucket, "before", "text");
        await SetDefaultAsync(store, bucket, ObjectLockRetentionMode.Compliance);

        await store.Client.PutTextAsync(bucket, "put", "text");
        await store.Client.CopyObjectAsync(bucket, "put", bucket, "copied");
        var upload = await store.Client.InitiateMultipartUploadAsync(bucket, "uploaded");
        var part = await store.Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket,
            Key = "uploaded",
            UploadId = upload.UploadId,
            PartNumber = 1,
            InputStream = new MemoryStream([1]),
        });
        await store.Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = "uploaded",
            UploadId = upload.UploadId,
            PartETags = [new PartETag(1, part.ETag)],
        });
        using var posted = await new PostedForm(store, bucket).Where("""["starts-with", "$key", "uploads/"]""")
            .PostAsync();

        foreach (var version in await store.Client.VersionsAsync(bucket))
        {
            await Assert.That(
                await Refusal.CodeOfAsync(
                    () => store.Client.DeleteVersionAsync(bucket, version.Key, version.VersionId, bypasses: true)))
                .IsEqualTo(version.VersionId == before ? "none" : "AccessDenied").Because(version.Key);
        }

        await Assert.That((await store.Client.VersionsAsync(bucket)).Count).IsEqualTo(4);
        var head = await store.Client.GetObjectMetadataAsync(bucket, "put");
        await Assert.That(head.ObjectLockMode).IsEqualTo(ObjectLockMode.Compliance);
        await Assert.That(head.ObjectLockRetainUntilDate!.Value - head.LastModified!.Value)
            .IsBetween(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(2), TimeSpan.FromDays(1) + TimeSpan.FromSeconds(2));
    }

    [Test]
    [Arguments("PUT {0}/key|x-amz-object-lock-mode: GOVERNANCE|a", "InvalidArgument")]
    [Arguments("PUT {0}/key|x-amz-object-lock-retain-until-date: 2100-01-01T00:00:00Z|a", "InvalidArgument")]
    [Arguments(
        "PUT {0}/key|x-amz-object-lock-mode: governance\nx-amz-object-lock-retain-until-date: 2100-01-01T00:00:00Z|a",
        "InvalidArgument")]
    [Arguments(
        "PUT {0}/key|x-amz-object-lock-mode: GOVERNANCE\nx-amz-object-lock-retain-until-date: 2020-01-01T00:00:00Z|a",
        "InvalidArgument")]
    [Arguments(
        "PUT {0}/key|x-amz-object-lock-mode: GOVERNANCE\nx-amz-object-lock-retain-until-date: tomorrow|a",
        "InvalidArgument")]
    [Arguments("PUT {0}/key|x-amz-object-lock-legal-hold: yes|a", "InvalidArgument")]
    [Arguments("PUT {0}/key|x-amz-object-lock-legal-hold: ON|a", "InvalidRequest")]
    [Arguments("PUT {0}/key?uploadId=1&partNumber=1|x-amz-object-lock-legal-hold: ON|a", "NotImplemented")]
    [Arguments("PUT {0}/there?retention||<Retention/>", "InvalidRequest")]
    [Arguments("PUT {0}/there?legal-hold||<LegalHold><Status>ON</Status></LegalHold>", "InvalidRequest")]
    [Arguments("PUT {0}?object-lock||<ObjectLockConfiguration/>", "InvalidRequest")]
    [Arguments("PUT {0}/there?legal-hold|+|<LegalHold><Status>on</Status></LegalHold>", "MalformedXML")]
    [Arguments("PUT {0}/there?retention|+|<Retention><Mode>GOVERNANCE</Mode></Retention>", "MalformedXML")]
    [Arguments(
        "PUT {0}/there?retention|+|<Retention><Mode>GOVERNANCE</Mode>"
            + "<RetainUntilDate>2020-01-01T00:00:00Z</RetainUntilDate></Retention>",
        "InvalidArgument")]
    [Arguments("PUT {0}?object-lock|+|<ObjectLockConfiguration/>", "MalformedXML")]
    [Arguments("GET {0}/there?retention||", "NoSuchObjectLockConfiguration")]
    [Arguments("GET {0}/there?legal-hold||", "NoSuchObjectLockConfiguration")]
    public async Task What_protects_nothing_is_refused(string request, string code)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await LockedAsync(store);
        await store.Client.PutTextAsync(bucket, "there", "text");
        var parts = request.Split('|');
        var body = System.Text.Encoding.UTF8.GetBytes(parts[2]);
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, parts[0], $"/{bucket}");
        var header = parts[1].Replace("+", $"Content-MD5: {Md5(body)}", StringComparison.Ordinal);

        var answer = await RawRequest.SendAsync(
            store.Port,
            $"{target} HTTP/1.1\nContent-Length: {body.Length}{(header.Length > 0 ? "\n" : "")}{header}",
            body);

        await Assert.That(answer).Contains($"<Code>{code}</Code>");
        await Assert.That((await store.Client.VersionsAsync(bucket)).Count).IsEqualTo(1);
    }

    [Test]
    public async Task Content_without_a_digest_is_refused_where_it_would_be_retained()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await LockedAsync(store);
        await SetDefaultAsync(store, bucket, ObjectLockRetentionMode.Governance);
        var put = $"PUT /{bucket}/key HTTP/1.1\nContent-Length: 1";

        var without = await RawRequest.SendAsync(store.Port, put, "a"u8.ToArray());
        var with = await RawRequest.SendAsync(
            store.Port, $"{put}\nContent-MD5: {Md5("a"u8.ToArray())}", "a"u8.ToArray());

        await Assert.That(without).StartsWith("HTTP/1.1 400").And.Contains("<Code>InvalidRequest</Code>");
        await Assert.That(with).StartsWith("HTTP/1.1 200");
    }

    [Test]
    public async Task Changes_at_once_of_tags_and_protection_of_a_version_are_all_kept()
    {
        await using var store = await Store.StartAsync();
        var bucket = await LockedAsync(store);
        for (var round = 0; round < 10; round++)
        {
            var id = await store.Client.PutTextAsync(bucket, "key", "text");
            await Task.WhenAll(
                store.Client.PutObjectTaggingAsync(new PutObjectTaggingRequest
                {
                    BucketName = bucket,
                    Key = "key",
                    Tagging = new Tagging { TagSet = [new Tag { Key = "a", Value = "b" }] },
                }),
                RetainAsync(store, bucket, "COMPLIANCE", Soon),
                store.Client.PutObjectLegalHoldAsync(new PutObjectLegalHoldRequest
                {
                    BucketName = bucket,
                    Key = "key",
                    LegalHold = new ObjectLockLegalHold { Status = ObjectLockLegalHoldStatus.On },
                }));

            var head = await store.Client.GetObjectMetadataAsync(bucket, "key", id);
            var tags = await store.Client.GetObjectTaggingAsync(new() { BucketName = bucket, Key = "key" });
            await Assert.That((head.ObjectLockMode, head.ObjectLockLegalHoldStatus, tags.Tagging?.Count)).IsEqualTo(
                (ObjectLockMode.Compliance, ObjectLockLegalHoldStatus.On, 1));
        }
    }

    private static async Task<string> LockedAsync(Store store)
    {
        var bucket = $"locked-{Guid.NewGuid().ToString("N")[..10]}";
        await store.Client.PutBucketAsync(
            new PutBucketRequest { BucketName = bucket, ObjectLockEnabledForBucket = true });
        return bucket;
    }

    private static Task<PutObjectLockConfigurationResponse> SetDefaultAsync(
        Store store,
        string bucket,
        ObjectLockRetentionMode mode) =>
        store.Client.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
        {
            BucketName = bucket,
            ObjectLockConfiguration = new ObjectLockConfiguration
            {
                ObjectLockEnabled = ObjectLockEnabled.Enabled,
                Rule = new ObjectLockRule { DefaultRetention = new DefaultRetention { Mode = mode, Days = 1 } },
            },
        });

    private static Task<PutObjectRetentionResponse> RetainAsync(
        Store store,
        string bucket,
        string? mode,
        DateTime? until,
        bool bypasses = false) => store.Client.PutObjectRetentionAsync(new PutObjectRetentionRequest
        {
            BucketName = bucket,
            Key = "key",
            BypassGovernanceRetention = bypasses,
            Retention = new ObjectLockRetention
            {
                Mode = mode is null ? null : new ObjectLockRetentionMode(mode),
                RetainUntilDate = until,
            },
        });

    private static Action<PutObjectRequest> Retained(ObjectLockMode mode, DateTime? until = null) =>
        put => (put.ObjectLockMode, put.ObjectLockRetainUntilDate) = (mode, until ?? Soon);

#pragma warning disable CA5351
    private static string Md5(byte[] body) => Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(body));
#pragma warning restore CA5351
}
