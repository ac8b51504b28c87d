namespace Esb.Manifests;

/// <summary>The supported properties of AWS::S3::Bucket, and the document of AWS::S3::BucketPolicy.</summary>
internal static class BucketProperty
{
    public const string Name = "BucketName";
    public const string Versioning = "VersioningConfiguration";
    public const string Lifecycle = "LifecycleConfiguration";
    public const string Cors = "CorsConfiguration";
    public const string Encryption = "BucketEncryption";
    public const string PublicAccess = "PublicAccessBlockConfiguration";
    public const string Policy = "PolicyDocument";
    public const string Tags = "Tags";
    public const string Notifications = "NotificationConfiguration";
    public const string Website = "WebsiteConfiguration";

    public static readonly IReadOnlyList<string> All =
        [Name, Versioning, Lifecycle, Cors, Encryption, PublicAccess, Policy, Tags, Notifications, Website];

    /// <summary>
    /// Properties that do not change what a function sees: a local store may ignore them without harm.
    /// </summary>
    public static readonly IReadOnlySet<string> Administrative = new HashSet<string> { Encryption, PublicAccess, Tags };
}
