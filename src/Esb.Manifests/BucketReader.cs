using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Manifests;

/// <summary>
/// Converts CloudFormation's properties of AWS::S3::Bucket to the wanted bucket. All errors are collected.
/// </summary>
internal sealed class BucketReader(DiagnosticBag diagnostics)
{
    private readonly ValueReader _values = new(diagnostics);

    public WantedBucket Read(Resource bucket)
    {
        var reader = new MappingReader(bucket.Properties, $"bucket '{bucket.Name}'", diagnostics);
        _values.WarnOfOthers(
            reader, [.. BucketProperty.All, ApplicationName.Key], BucketProperty.Policy, BucketProperty.PublicAccess);
        if (!ResourceNames.IsBucket(bucket.Name))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"'{bucket.Name}' is not a bucket name",
                bucket.Properties[BucketProperty.Name],
                "allowed: lower-case letters, digits, '-' and '.', 3 to 63 of them, and not an IP address");
        BucketSetting?[] settings =
        [
            Versioning(reader), Lifecycle(reader), Cors(reader), Encryption(reader), PublicAccess(reader),
            Policy(bucket.Properties, reader.Subject), Tags(reader),
            Notifications(reader), Website(reader),
        ];
        return new WantedBucket(bucket.Name, [.. settings.OfType<BucketSetting>()]);
    }

    private VersioningSetting? Versioning(MappingReader reader) =>
        reader.Nested(BucketProperty.Versioning) is { } versioning
            ? new VersioningSetting((_values.OneOf(_values.Only(versioning, "Status"), "Status", "Enabled", "Suspended")
                ?? _values.Missing<string>(versioning, "Status", "Enabled or Suspended")) == "Enabled")
            : null;

    private LifecycleSetting? Lifecycle(MappingReader reader) =>
        reader.Nested(BucketProperty.Lifecycle) is { } lifecycle
            ? new LifecycleReader(diagnostics).Read(lifecycle)
            : null;

    private CorsSetting? Cors(MappingReader reader)
    {
        if (reader.Nested(BucketProperty.Cors) is not { } cors)
            return null;
        return new CorsSetting(
        [
            .. _values.Mappings(_values.Only(cors, "CorsRules"), "CorsRules")
                .Select(rule => _values.Only(
                    rule, "Id", "AllowedMethods", "AllowedOrigins", "AllowedHeaders", "ExposedHeaders", "MaxAge"))
                .Select(rule => new CorsRule(
                    rule.Text("Id"), Needed(rule, "AllowedMethods"), Needed(rule, "AllowedOrigins"))
            {
                Headers = Texts(rule, "AllowedHeaders"),
                Exposed = Texts(rule, "ExposedHeaders"),
                MaxAge = rule.Integer("MaxAge", 0, int.MaxValue),
            }),
        ]);
    }

    private EncryptionSetting? Encryption(MappingReader reader)
    {
        if (reader.Nested(BucketProperty.Encryption) is not { } encryption)
            return null;
        // S3 accepts only one rule.
        _values.Only(encryption, "ServerSideEncryptionConfiguration");
        var rule = _values.Mappings(encryption, "ServerSideEncryptionConfiguration").FirstOrDefault();
        if (rule is null)
            return _values.Missing<EncryptionSetting>(
                encryption,
                "ServerSideEncryptionConfiguration",
                "for example [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]");
        _values.Only(rule, "ServerSideEncryptionByDefault", "BucketKeyEnabled", "BlockedEncryptionTypes");
        // The encryption that S3 uses when a rule does not name one.
        if (rule.Nested("ServerSideEncryptionByDefault") is not { } byDefault)
            return new EncryptionSetting("AES256", null, rule.Boolean("BucketKeyEnabled") ?? false);
        _values.Only(byDefault, "SSEAlgorithm", "KMSMasterKeyID");
        var algorithm = _values.OneOf(byDefault, "SSEAlgorithm", "AES256", "aws:kms", "aws:kms:dsse")
            ?? _values.Missing<string>(byDefault, "SSEAlgorithm", "AES256 or aws:kms");
        return algorithm is null
            ? null
            : new EncryptionSetting(
                algorithm, byDefault.Text("KMSMasterKeyID"), rule.Boolean("BucketKeyEnabled") ?? false);
    }

    private PublicAccessSetting? PublicAccess(MappingReader reader) =>
        reader.Nested(BucketProperty.PublicAccess) is { } block && _values.Only(
            block, "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets") is not null
            ? new PublicAccessSetting(
                block.Boolean("BlockPublicAcls") ?? false,
                block.Boolean("BlockPublicPolicy") ?? false,
                block.Boolean("IgnorePublicAcls") ?? false,
                block.Boolean("RestrictPublicBuckets") ?? false)
            : null;

    private PolicySetting? Policy(YamlMapping properties, string bucket)
    {
        switch (properties[BucketProperty.Policy])
        {
            // A key without a value has been refused already; it must not remove the existing policy.
            case null or YamlScalar { IsNull: true }:
                return null;
            case YamlMapping { Entries.Count: 0 }:
                return new PolicySetting("");
            case YamlMapping policy:
                new PolicyReader(_values, diagnostics).Check(policy, bucket);
                return new PolicySetting(PolicyText.Of(policy));
            case var other:
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"'{BucketProperty.Policy}' must be a mapping, but is {other.Kind}",
                    other,
                    "write the policy as YAML: Version, Statement");
                return null;
        }
    }

    private TagSetting? Tags(MappingReader reader) =>
        _values.Tags(reader) is { } tags ? new TagSetting([.. tags.OrderBy(t => t.Key, StringComparer.Ordinal)]) : null;

    private NotificationSetting? Notifications(MappingReader reader)
    {
        if (reader.Nested(BucketProperty.Notifications) is not { } notifications)
            return null;
        _values.Only(
            notifications,
            "LambdaConfigurations",
            "QueueConfigurations",
            "TopicConfigurations",
            "EventBridgeConfiguration");
        return new NotificationSetting(
            [
                .. Targets(notifications, "Function", "LambdaConfigurations"),
                .. Targets(notifications, "Queue", "QueueConfigurations"),
                .. Targets(notifications, "Topic", "TopicConfigurations"),
            ],
            notifications.Nested("EventBridgeConfiguration") is { } bridge
                && bridge.Boolean("EventBridgeEnabled") != false);
    }

    private IEnumerable<NotificationTarget> Targets(MappingReader notifications, string kind, string key) =>
        from target in _values.Mappings(notifications, key)
        let arn = _values.Only(target, kind, "Event", "Filter").RequiredText(kind, "the ARN of the target")
        let happening = target.RequiredText("Event", "for example s3:ObjectCreated:*")
        where arn is not null && happening is not null
        select new NotificationTarget(kind, arn, [happening], Filters(target));

    private Sequence<KeyValuePair<string, string>> Filters(MappingReader target) =>
        target.Nested("Filter") is { } all && _values.Only(all, "S3Key").Nested("S3Key") is { } filter
            ? [.. _values.Mappings(_values.Only(filter, "Rules"), "Rules")
                .Select(r => _values.Only(r, "Name", "Value"))
                .Select(r => KeyValuePair.Create((r.Text("Name") ?? "").ToLowerInvariant(), r.Text("Value") ?? ""))
                .OrderBy(f => f.Key, StringComparer.Ordinal)]
            : [];

    private WebsiteSetting? Website(MappingReader reader)
    {
        if (reader.Nested(BucketProperty.Website) is not { } website)
            return null;
        _values.WarnOfOthers(website, ["IndexDocument", "ErrorDocument", "RedirectAllRequestsTo"]);
        var redirect =
            website.Nested("RedirectAllRequestsTo") is { } all ? _values.Only(all, "HostName", "Protocol") : null;
        return new WebsiteSetting(
            website.Text("IndexDocument"),
            website.Text("ErrorDocument"),
            redirect?.Text("HostName"),
            redirect?.Text("Protocol"));
    }

    // Every store refuses a rule without these values.
    private Sequence<string> Needed(MappingReader rule, string key)
    {
        var texts = Texts(rule, key);
        if (texts.Count == 0)
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{rule.Subject}: '{key}' is missing",
                rule.Mapping,
                "every rule needs AllowedMethods and AllowedOrigins");
        return texts;
    }

    private static Sequence<string> Texts(MappingReader reader, string key) =>
        [.. reader.TextList(key).Order(StringComparer.Ordinal)];
}
