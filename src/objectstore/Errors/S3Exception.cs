namespace Esb.ObjectStore.Errors;

/// <summary>
/// Ends a request with an error of S3. Thrown wherever a request is found to be wrong, and answered in one place
/// (<see cref="Server.RequestHandler"/>) with the XML that SDKs parse.
/// </summary>
internal sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Further elements of the error document, such as <c>ActualObjectSize</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    /// <summary>Headers of the answer, which a client of HEAD sees in place of the document.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
