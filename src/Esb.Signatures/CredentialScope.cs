namespace Esb.Signatures;

/// <summary>
/// The <c>Credential</c> of a signature: <c>AKID/20130524/us-east-1/s3/aws4_request</c>. Any region is accepted.
/// Source: AWS Signature Version 4.
/// </summary>
/// <param name="AccessKeyId">The access key, which may itself contain slashes.</param>
/// <param name="Date">The day, as <c>yyyyMMdd</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Service">The service that the signature is for, such as <c>s3</c> or <c>dynamodb</c>.</param>
public sealed record CredentialScope(string AccessKeyId, string Date, string Region, string Service)
{
    private const string Ending = "aws4_request";

    /// <summary>The scope without the access key, as it appears in the text that is signed.</summary>
    public string Text => $"{Date}/{Region}/{Service}/{Ending}";

    /// <summary>Parses a credential; null when the text is not a credential for the given service.</summary>
    /// <param name="credential">The text.</param>
    /// <param name="service">The only service that is accepted; null for any service.</param>
    public static CredentialScope? Parse(string credential, string? service)
    {
        // The parts are counted from the end, since an access key may contain slashes.
        var parts = credential.Split('/');
        return parts.Length >= 5 && parts[^1] == Ending && parts[^4].Length == 8
            && (service is null || parts[^2] == service)
            ? new CredentialScope(string.Join('/', parts[..^4]), parts[^4], parts[^3], parts[^2])
            : null;
    }
}
