namespace Esb.Objects.Errors;

/// <summary>
/// The catalogue of errors about buckets, objects and their content. Codes and statuses are those of the "Error
/// responses" page of the Amazon S3 API reference, because SDKs turn the codes into exception types.
/// </summary>
internal static class S3Errors
{
    public static S3Exception NoSuchBucket(string bucket) => new(
        404, "NoSuchBucket", "The specified bucket does not exist")
    {
        Details = [new("BucketName", bucket)],
    };

    public static S3Exception NoSuchKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.")
    {
        Details = [new("Key", key)],
    };

    public static S3Exception NoSuchUpload(string uploadId) => new(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
            + "completed.")
    {
        Details = [new("UploadId", uploadId)],
    };

    public static S3Exception NoSuchVersion(string version) => new(
        404, "NoSuchVersion", "The specified version does not exist.")
    {
        Details = [new("VersionId", version)],
    };

    /// <summary>The answer to a plain read of a key whose current version is a delete marker.</summary>
    public static S3Exception Deleted(string key, string versionId) => new(
        404, "NoSuchKey", "The specified key does not exist.")
    {
        Details = [new("Key", key)],
        Headers = [new("x-amz-delete-marker", "true"), new("x-amz-version-id", versionId)],
    };

    /// <summary>The answer to a read that names a delete marker by its id.</summary>
    public static S3Exception IsDeleteMarker(string versionId, string lastModified) => new(
        405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
    {
        Details = [new("ResourceType", "DeleteMarker")],
        Headers =
        [
            new("x-amz-delete-marker", "true"), new("x-amz-version-id", versionId), new("Allow", "DELETE"),
            new("Last-Modified", lastModified),
        ],
    };

    public static S3Exception BucketAlreadyOwnedByYou(string bucket, string message) =>
        new(409, "BucketAlreadyOwnedByYou", message) { Details = [new("BucketName", bucket)] };

    public static S3Exception InvalidBucketName(string bucket) => new(
        400, "InvalidBucketName", "The specified bucket is not valid.")
    {
        Details = [new("BucketName", bucket)],
    };

    public static S3Exception BucketNotEmpty(string bucket) =>
        new(409, "BucketNotEmpty", "The bucket you tried to delete is not empty")
        {
            Details = [new("BucketName", bucket)],
        };

    public static S3Exception KeyTooLong() =>
        new(400, "KeyTooLongError", "Your key is too long; the limit is 1024 bytes of UTF-8.");

    public static S3Exception InvalidUri(string why) =>
        new(400, "InvalidURI", $"Couldn't parse the specified URI: {why}");

    public static S3Exception InvalidArgument(string name, string value, string message) => new(
        400, "InvalidArgument", message)
    {
        Details = [new("ArgumentName", name), new("ArgumentValue", value)],
    };

    public static S3Exception InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Exception InvalidPart(int number) => new(
        400,
        "InvalidPart",
        $"Part {number} could not be found, or its entity tag or checksum is not that of the part that was uploaded.");

    public static S3Exception InvalidPartOrder() =>
        new(
            400,
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number.");

    public static S3Exception EntityTooSmall(int part, long size) => new(
        400,
        "EntityTooSmall",
        $"Your proposed upload is smaller than the minimum allowed size: part {part} has {size} bytes, "
            + "all but the last need 5242880.");

    public static S3Exception MetadataTooLarge() =>
        new(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size of 2048 bytes.");

    public static S3Exception PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
        {
            Details = [new("Condition", condition)],
        };

    public static S3Exception InvalidRange(string range, long size) =>
        new(416, "InvalidRange", "The requested range is not satisfiable")
        {
            Details = [new("RangeRequested", range), new("ActualObjectSize", $"{size}")],
        };

    public static S3Exception ListsNotSupported() =>
        new(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");

    public static S3Exception InvalidStorageClass() =>
        new(400, "InvalidStorageClass", "The storage class you specified is not valid");

    public static S3Exception InvalidEncryption(string value) =>
        InvalidArgument(
            "x-amz-server-side-encryption",
            value,
            "The encryption request that you specified is not valid. Supported value: AES256.");

    public static S3Exception InvalidLocation() =>
        new(
            400,
            "InvalidLocationConstraint",
            "The specified location constraint is not valid: letters, digits and dashes.");

    public static S3Exception TooManyBuckets(int most) =>
        new(400, "TooManyBuckets", $"You have attempted to create more buckets than allowed: {most}.");

    public static S3Exception NotImplemented(string what) =>
        new(501, "NotImplemented", $"{what} is not implemented by this object store.");

    public static S3Exception BeingRestored() =>
        new(503, "ServiceUnavailable", "A backup is being restored. Please send the request again.");

    public static S3Exception MethodNotAllowed(string method) =>
        new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
        {
            Details = [new("Method", method)],
        };
}
