using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Signatures;

namespace Esb.Objects.Signing;

/// <summary>
/// Authenticates requests. Without configured credentials all requests are the owner's; otherwise those that were
/// recently signed with the credentials, in the header or as a presigned URL. A request without a signature is
/// anonymous.
/// </summary>
internal sealed class RequestAuthenticator(Credentials? credentials, TimeProvider clock)
{
    /// <summary>The service that signatures must be for.</summary>
    public const string Service = "s3";

    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    /// <exception cref="S3Exception">One of <see cref="AccessErrors"/>.</exception>
    public Authentication Authenticate(HttpRequest request, Target target)
    {
        if (credentials is null)
            return Authentication.NotRequired;
        if (request.Headers.Authorization.ToString() is { Length: > 0 } authorization)
        {
            if (PresignedAuthorization.IsIn(target.Query) || QuerySignatureVersion2.IsIn(target.Query))
                throw AccessErrors.TwoMechanisms();
            return VerifyHeader(
                HeaderAuthorization.Parse(authorization, request.Headers), credentials, request, target);
        }

        if (PresignedAuthorization.IsIn(target.Query))
            return VerifyPresigned(PresignedAuthorization.Parse(target.Query), credentials, request, target);
        if (QuerySignatureVersion2.IsIn(target.Query))
        {
            QuerySignatureVersion2.Verify(request, target, credentials, clock.GetUtcNow());
            return Authentication.NotRequired with
            {
                Signed = new SignatureFacts(SignatureFacts.InQuery, SignatureFacts.Version2, null, null),
            };
        }

        return Authentication.Anonymous;
    }

    private Authentication VerifyHeader(ClaimedSignature claimed, Credentials known, HttpRequest request, Target target)
    {
        var key = VerifySignature(claimed, known, request, target);
        var now = clock.GetUtcNow();
        if ((now - claimed.Time).Duration() > MaxSkew)
            throw AccessErrors.RequestTimeTooSkewed(claimed.Time, now);
        return Of(key, claimed, SignatureFacts.InHeader);
    }

    private Authentication VerifyPresigned(
        ClaimedSignature claimed,
        Credentials known,
        HttpRequest request,
        Target target)
    {
        var key = VerifySignature(claimed, known, request, target);
        var now = clock.GetUtcNow();
        if (claimed.Time - now > MaxSkew)
            throw AccessErrors.AccessDenied("Request is not yet valid");
        if (now > claimed.Time + claimed.ValidFor)
            throw AccessErrors.AccessDenied("Request has expired");
        return Of(key, claimed, SignatureFacts.InQuery);
    }

    private static Authentication Of(SigningKey key, ClaimedSignature claimed, string place) =>
        new(new ChunkSignatures(key, claimed))
        {
            Signed = new SignatureFacts(place, ClaimedSignature.Algorithm, claimed.Time, claimed.PayloadHash),
        };

    private static SigningKey VerifySignature(
        ClaimedSignature claimed,
        Credentials known,
        HttpRequest request,
        Target target)
    {
        if (!SigningKey.Matches(known.AccessKeyId, claimed.Scope.AccessKeyId))
            throw AccessErrors.InvalidAccessKeyId(claimed.Scope.AccessKeyId);
        SignedHeaders.Verify(request.Headers, claimed.SignedHeaders);
        var key = SigningKey.Derive(known.SecretAccessKey, claimed.Scope);
        var expected = key.SignRequest(claimed, CanonicalRequest.Build(request, target, claimed));
        return SigningKey.Matches(expected, claimed.Signature) ? key : throw AccessErrors.SignatureDoesNotMatch();
    }
}
