using Esb.Sam.Receipts;
using static Esb.Sam.Rules.Rule;

namespace Esb.Sam.Rules;

/// <summary>Values of buckets. Source: CloudFormation, "AWS::S3::Bucket".</summary>
internal static class BucketRules
{
    private static readonly ValueRule Days = Whole(0, int.MaxValue);

    private static readonly ValueRule Date =
        Like(@"[0-2]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?Z?", "a time such as 2030-01-01T00:00:00Z");

    private static readonly ValueRule Bytes = Like("[0-9]+", "a number of bytes", 20);

    private static readonly ValueRule Protocol = Word("http https");

    private static readonly ValueRule StorageClass =
        Word("STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER GLACIER_IR Glacier DEEP_ARCHIVE");

    private static readonly ValueRule Transition = Of(
        ("StorageClass", StorageClass), ("TransitionDate", Date), ("TransitionInDays", Days)).Requiring("StorageClass");

    private static readonly ValueRule NoncurrentTransition = Of(
        ("StorageClass", StorageClass), ("TransitionInDays", Days), ("NewerNoncurrentVersions", Days))
        .Requiring("StorageClass TransitionInDays");

    private static readonly ValueRule Cycle = Of(
        ("Id", Sized(0, 255)), ("Status", Word("Enabled Disabled")), ("Prefix", Text), ("ExpirationDate", Date),
        ("ExpirationInDays", Days), ("ExpiredObjectDeleteMarker", Flag), ("NoncurrentVersionExpirationInDays", Days),
        ("NoncurrentVersionExpiration", Of(("NoncurrentDays", Days), ("NewerNoncurrentVersions", Days))
            .Requiring("NoncurrentDays")),
        ("NoncurrentVersionTransition", NoncurrentTransition),
        ("NoncurrentVersionTransitions", List(NoncurrentTransition)), ("Transition", Transition),
        ("Transitions", List(Transition)), ("ObjectSizeGreaterThan", Bytes), ("ObjectSizeLessThan", Bytes),
        ("TagFilters", Forms.Tags),
        ("AbortIncompleteMultipartUpload", Of(("DaysAfterInitiation", Days)).Requiring("DaysAfterInitiation")))
        .Requiring("Status");

    private static readonly ValueRule OneWildcard = Like(@"[^*]*\*?[^*]*", "text with at most one *");

    private static readonly ValueRule CorsOfBucket = Of(
        ("CorsRules", List(Of(
            ("AllowedHeaders", List(OneWildcard)), ("AllowedMethods", List(Word("GET PUT HEAD POST DELETE"))),
            ("AllowedOrigins", List(OneWildcard)), ("ExposedHeaders", Texts), ("Id", Sized(0, 255)), ("MaxAge", Days))
            .Requiring("AllowedMethods AllowedOrigins")).Between(1, 100))).Requiring("CorsRules");

    private static readonly ValueRule Encryption = Of(
        ("ServerSideEncryptionConfiguration", List(Of(
            ("BucketKeyEnabled", Flag),
            ("ServerSideEncryptionByDefault", Of(
                ("SSEAlgorithm", Word("aws:kms AES256 aws:kms:dsse")), ("KMSMasterKeyID", Text))
                .Requiring("SSEAlgorithm")),
            ("BlockedEncryptionTypes", Of(("EncryptionType", List(Word("NONE SSE-C"))))))).Between(1, 1)))
        .Requiring("ServerSideEncryptionConfiguration");

    private static readonly ValueRule Redirection = Of(
        ("RedirectRule", Of(
            ("HostName", Text), ("HttpRedirectCode", Text), ("Protocol", Protocol), ("ReplaceKeyPrefixWith", Text),
            ("ReplaceKeyWith", Text))),
        ("RoutingRuleCondition", Of(("HttpErrorCodeReturnedEquals", Text), ("KeyPrefixEquals", Text))))
        .Requiring("RedirectRule");

    private static readonly ValueRule Website = Of(
        ("ErrorDocument", Sized(1, 1024)), ("IndexDocument", Like("[^/]+", "the name of a file, without '/'")),
        ("RedirectAllRequestsTo", Of(("HostName", Like(@"\S+", "the name of a host")), ("Protocol", Protocol))
            .Requiring("HostName")),
        ("RoutingRules", List(Redirection)));

    public static readonly ObjectRule Bucket = Of(
        ("BucketName", Text),
        ("VersioningConfiguration", Of(("Status", Word("Enabled Suspended"))).Requiring("Status")),
        ("LifecycleConfiguration", Of(("Rules", List(Cycle).Between(1, 1000)))
            .Ignoring(Reasons.Managed, "TransitionDefaultMinimumObjectSize")
            .Requiring("Rules")),
        ("CorsConfiguration", CorsOfBucket), ("BucketEncryption", Encryption),
        ("PublicAccessBlockConfiguration", Of(
            ("BlockPublicAcls", Flag), ("BlockPublicPolicy", Flag), ("IgnorePublicAcls", Flag),
            ("RestrictPublicBuckets", Flag))),
        ("WebsiteConfiguration", Website), ("Tags", Forms.Tags));
}
