namespace Esb.Objects.Errors;

/// <summary>The catalogue of errors about the caller: missing, wrong, expired or incomplete signatures.</summary>
internal static class AccessErrors
{
    public static S3Exception AccessDenied(string message = "Access Denied") => new(403, "AccessDenied", message);

    /// <summary>Otherwise whoever makes a link could turn any uploaded text into a page of this address.</summary>
    public static S3Exception NotForAnonymous() => S3Errors.InvalidRequest(
        "Request specific response headers cannot be used for anonymous GET requests.");

    public static S3Exception InvalidAccessKeyId(string accessKeyId) =>
        new(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
        {
            Details = [new("AWSAccessKeyId", accessKeyId)],
        };

    public static S3Exception SignatureDoesNotMatch() => new(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. "
            + "Check your key and signing method.");

    public static S3Exception RequestTimeTooSkewed(DateTimeOffset requested, DateTimeOffset now) =>
        new(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
        {
            Details =
            [
                new("RequestTime", $"{requested:yyyyMMdd'T'HHmmss'Z'}"),
                new("ServerTime", $"{now:yyyy-MM-dd'T'HH:mm:ss'Z'}"),
                new("MaxAllowedSkewMilliseconds", "900000"),
            ],
        };

    public static S3Exception TwoMechanisms() => new(
        400,
        "InvalidArgument",
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter "
            + "or the Authorization header should be specified");

    public static S3Exception HeadersNotSigned(string header) =>
        new(403, "AccessDenied", "There were headers present in the request which were not signed")
        {
            Details = [new("HeadersNotSigned", header)],
        };

    public static S3Exception MalformedHeader(string why) =>
        new(400, "AuthorizationHeaderMalformed", $"The authorization header is malformed; {why}.");

    public static S3Exception MalformedQuery(string why) => new(400, "AuthorizationQueryParametersError", why);
}
