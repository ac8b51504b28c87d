namespace Esb.Objects.Errors;

/// <summary>
/// Ends a request with an error of S3. Thrown wherever a request is found to be wrong, and answered in one place with
/// the XML that SDKs parse. Source: Amazon S3 API Reference, "Error responses".
/// </summary>
/// <param name="status">The HTTP status code.</param>
/// <param name="code">The name of the error, such as <c>NoSuchKey</c>.</param>
/// <param name="message">The text for the client.</param>
public sealed class S3Exception(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>The name of the error.</summary>
    public string Code { get; } = code;

    /// <summary>Further elements of the error document, such as <c>ActualObjectSize</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    /// <summary>Headers of the answer, which a client of HEAD sees in place of the document.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
