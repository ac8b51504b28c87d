using System.Security.Cryptography;
using System.Text;
using Esb.Objects.Errors;
using Esb.Signatures;

namespace Esb.Objects.Signing;

/// <summary>
/// The signature of a form's policy: version 4 or, because boto3 still uses it by default in us-east-1, version 2.
/// </summary>
internal static class PostSignature
{
    /// <param name="policy">The text in the form, which is what was signed.</param>
    /// <param name="field">Returns the value of a field, null when it is absent.</param>
    /// <param name="credentials">The pair that may sign.</param>
    /// <exception cref="S3Exception">One of <see cref="AccessErrors"/>.</exception>
    public static void Verify(string policy, Func<string, string?> field, Credentials credentials)
    {
        if (field("x-amz-signature") is { } signature)
            VerifyVersion4(policy, field, signature, credentials);
        else if (field("signature") is { } older)
            VerifyVersion2(policy, field, older, credentials);
        else
            throw AccessErrors.AccessDenied();
    }

    /// <summary>How a form is signed that has been verified.</summary>
    /// <param name="field">Returns the value of a field, null when it is absent.</param>
    public static SignatureFacts FactsOf(Func<string, string?> field) => field("x-amz-signature") is null
        ? new SignatureFacts(SignatureFacts.InForm, SignatureFacts.Version2, null, null)
        : new SignatureFacts(
            SignatureFacts.InForm, ClaimedSignature.Algorithm, ClaimedSignature.ParseTime(field("x-amz-date")), null);

    private static void VerifyVersion4(
        string policy,
        Func<string, string?> field,
        string signature,
        Credentials credentials)
    {
        string Required(string name) => field(name) ?? throw PostErrors.MissingField(name);
        if (Required("x-amz-algorithm") != ClaimedSignature.Algorithm)
            throw S3Errors.InvalidArgument(
                "x-amz-algorithm",
                field("x-amz-algorithm")!,
                $"X-Amz-Algorithm only supports \"{ClaimedSignature.Algorithm}\"");
        var credential = Required("x-amz-credential");
        var scope = CredentialScope.Parse(credential, RequestAuthenticator.Service)
            ?? throw S3Errors.InvalidArgument(
                "x-amz-credential", credential, "it must be AKID/YYYYMMDD/REGION/s3/aws4_request");
        var time = ClaimedSignature.ParseTime(Required("x-amz-date"));
        if (time?.UtcDateTime.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture) != scope.Date)
            throw S3Errors.InvalidArgument(
                "x-amz-date", field("x-amz-date")!, "it must be the time of the credential's day");
        if (!SigningKey.Matches(credentials.AccessKeyId, scope.AccessKeyId))
            throw AccessErrors.InvalidAccessKeyId(scope.AccessKeyId);
        if (!SigningKey.Matches(SigningKey.Derive(credentials.SecretAccessKey, scope).Sign(policy), signature))
            throw AccessErrors.SignatureDoesNotMatch();
    }

    private static void VerifyVersion2(
        string policy,
        Func<string, string?> field,
        string signature,
        Credentials credentials)
    {
        var accessKeyId = field("AWSAccessKeyId") ?? throw PostErrors.MissingField("AWSAccessKeyId");
        if (!SigningKey.Matches(credentials.AccessKeyId, accessKeyId))
            throw AccessErrors.InvalidAccessKeyId(accessKeyId);
        // This version requires SHA-1, as it does for presigned URLs.
#pragma warning disable CA5350
        var expected = HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(credentials.SecretAccessKey), Encoding.UTF8.GetBytes(policy));
#pragma warning restore CA5350
        if (!SigningKey.Matches(Convert.ToBase64String(expected), signature))
            throw AccessErrors.SignatureDoesNotMatch();
    }
}
