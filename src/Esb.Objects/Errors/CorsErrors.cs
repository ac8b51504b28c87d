namespace Esb.Objects.Errors;

/// <summary>The catalogue of errors for preflights.</summary>
internal static class CorsErrors
{
    public static S3Exception NoOrigin() =>
        new(400, "BadRequest", "Insufficient information. Origin request header needed.");

    public static S3Exception NoMethod() => new(400, "BadRequest", "Invalid Access-Control-Request-Method: null");

    public static S3Exception NotEnabled(string method, bool isObject) =>
        Forbidden("CORSResponse: CORS is not enabled for this bucket.", method, isObject);

    public static S3Exception NotAllowed(string method, bool isObject) => Forbidden(
        "CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, "
            + "request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by "
            + "the resource's CORS spec.",
        method,
        isObject);

    private static S3Exception Forbidden(string message, string method, bool isObject) => new(
        403, "AccessForbidden", message)
    {
        Details = [new("Method", method), new("ResourceType", isObject ? "OBJECT" : "BUCKET")],
    };
}
