namespace Esb.ObjectStore.Errors;

/// <summary>
/// Ends a request with one of S3's own errors. Thrown wherever the request is found wanting, answered in one place
/// (<see cref="Server.RequestHandler"/>) as the XML that the SDKs parse.
/// </summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Further elements of the error document, e.g. <c>ActualObjectSize</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];
}
