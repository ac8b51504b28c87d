namespace Esb.ObjectStore.Signing;

/// <summary>
/// The <c>Credential</c> of a signature: <c>AKID/20130524/us-east-1/s3/aws4_request</c>. Any region is accepted.
/// </summary>
internal sealed record CredentialScope(string AccessKeyId, string Date, string Region)
{
    private const string Ending = "/s3/aws4_request";

    public string Text => $"{Date}/{Region}{Ending}";

    /// <summary>Null when the text is not a credential for S3.</summary>
    public static CredentialScope? Parse(string credential)
    {
        if (!credential.EndsWith(Ending, StringComparison.Ordinal))
            return null;
        // An access key may itself contain slashes, so the parts are counted from the end.
        var parts = credential[..^Ending.Length].Split('/');
        return parts.Length >= 3 && parts[^2].Length == 8
            ? new CredentialScope(string.Join('/', parts[..^2]), parts[^2], parts[^1])
            : null;
    }
}
