namespace Esb.Objects.Errors;

/// <summary>The catalogue of errors about the content of a request: its length, digests, framing, and XML.</summary>
internal static class BodyErrors
{
    public static S3Exception IncompleteBody(long expected, long received) => new(
        400,
        "IncompleteBody",
        $"You did not provide the number of bytes specified by the Content-Length header: {expected} announced, "
            + $"{received} received.");

    public static S3Exception MissingContentLength() =>
        new(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");

    public static S3Exception EntityTooLarge(long size, long limit) =>
        new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
        {
            Details = [new("ProposedSize", $"{size}"), new("MaxSizeAllowed", $"{limit}")],
        };

    public static S3Exception InvalidDigest(string header) =>
        new(400, "InvalidDigest", $"The {header} you specified is not valid.");

    public static S3Exception BadDigest(string what) =>
        new(400, "BadDigest", $"The {what} you specified did not match the calculated checksum.");

    public static S3Exception ContentHashMismatch() => new(
        400,
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.");

    public static S3Exception BrokenChunk(string why) =>
        new(400, "IncompleteBody", $"The aws-chunked request body is damaged: {why}.");

    public static S3Exception MalformedTrailer(string why) =>
        new(400, "MalformedTrailerError", $"The request contained trailing data that was not well-formed: {why}.");

    public static S3Exception MalformedXml(string why) => new(
        400,
        "MalformedXML",
        $"The XML you provided was not well-formed or did not validate against our published schema: {why}");

    public static S3Exception MalformedPolicy(string why) =>
        new(400, "MalformedPolicy", $"Policies must be valid JSON: {why}");

    /// <summary>S3's own code for "try again later"; SDKs retry the request.</summary>
    public static S3Exception SlowDown() => new(503, "SlowDown", "Please reduce your request rate.");
}
