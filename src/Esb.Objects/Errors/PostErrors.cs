namespace Esb.Objects.Errors;

/// <summary>The catalogue of errors for forms that browsers post.</summary>
internal static class PostErrors
{
    public static S3Exception Malformed() =>
        new(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");

    public static S3Exception TooLarge() =>
        new(400, "MaxPostPreDataLengthExceeded", "Your POST request fields preceding the upload file were too large.");

    public static S3Exception NoFile() =>
        new(400, "InvalidArgument", "POST requires exactly one file upload per request.");

    public static S3Exception MissingField(string name) => new(
        400,
        "InvalidArgument",
        $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.")
    {
        Details = [new("ArgumentName", name)],
    };

    public static S3Exception BadPolicy(string why) => new(400, "InvalidPolicyDocument", $"Invalid Policy: {why}");

    public static S3Exception NotAllowed(string why) => new(403, "AccessDenied", $"Invalid according to Policy: {why}");

    public static S3Exception TooSmall(long size, long minimum) =>
        new(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
        {
            Details = [new("ProposedSize", $"{size}"), new("MinSizeAllowed", $"{minimum}")],
        };
}
