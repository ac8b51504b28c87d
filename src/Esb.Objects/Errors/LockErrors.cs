namespace Esb.Objects.Errors;

/// <summary>The catalogue of errors of object lock.</summary>
internal static class LockErrors
{
    public static S3Exception Locked() =>
        AccessErrors.AccessDenied("Access Denied because object protected by object lock.");

    public static S3Exception NoLock() => S3Errors.InvalidRequest("Bucket is missing Object Lock Configuration");

    public static S3Exception NoLockOfBucket(string bucket) => new(
        404, "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket")
    {
        Details = [new("BucketName", bucket)],
    };

    public static S3Exception NoProtection() => new(
        404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration");

    public static S3Exception NeedsVersioning() => new(
        409, "InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");

    public static S3Exception KeepsVersioning() => new(
        409,
        "InvalidBucketState",
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");

    public static S3Exception NotInFuture(string name, string value) =>
        S3Errors.InvalidArgument(name, value, "The retain until date must be in the future!");

    public static S3Exception InvalidPeriod(string name, int most) => new(
        400,
        "InvalidRetentionPeriod",
        $"The default retention period must be a positive integer of at most {most} {name}.");
}
