namespace Esb.Manifests;

/// <summary>The properties of AWS::S3::Bucket that are applied, and the document of AWS::S3::BucketPolicy.</summary>
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

    public static readonly IReadOnlyList<string> All = [Name, Versioning, Lifecycle, Cors, Encryption, PublicAccess, Policy, Tags, Notifications, Website];

    /// <summary>What a function never notices: a local store may drop it without harm.</summary>
    public static readonly IReadOnlySet<string> Administrative = new HashSet<string> { Encryption, PublicAccess, Tags };
}
