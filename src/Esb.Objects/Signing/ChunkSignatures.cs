using System.Security.Cryptography;
using Esb.Objects.Errors;
using Esb.Signatures;

namespace Esb.Objects.Signing;

/// <summary>
/// The chain of signatures over an aws-chunked body: the signature of each chunk covers the previous one, and the first
/// covers that of the request. "Signature calculations for the Authorization header: transferring payload in multiple
/// chunks" and "… including trailing headers".
/// </summary>
internal sealed class ChunkSignatures(SigningKey key, ClaimedSignature request)
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private string _previous = request.Signature;

    /// <exception cref="S3Exception">SignatureDoesNotMatch.</exception>
    public void VerifyChunk(ReadOnlySpan<byte> chunkHash, string claimed)
    {
        var hash = Convert.ToHexStringLower(chunkHash);
        Verify(
            $"AWS4-HMAC-SHA256-PAYLOAD\n{request.TimeText}\n{request.Scope.Text}\n{_previous}\n{EmptyHash}\n{hash}",
            claimed);
    }

    /// <param name="trailer">The trailing headers, each as <c>name:value\n</c>, without the signature.</param>
    /// <param name="claimed">The value of <c>x-amz-trailer-signature</c>.</param>
    /// <exception cref="S3Exception">SignatureDoesNotMatch.</exception>
    public void VerifyTrailer(ReadOnlySpan<byte> trailer, string claimed)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(trailer));
        Verify($"AWS4-HMAC-SHA256-TRAILER\n{request.TimeText}\n{request.Scope.Text}\n{_previous}\n{hash}", claimed);
    }

    private void Verify(string text, string claimed)
    {
        var expected = key.Sign(text);
        if (!SigningKey.Matches(expected, claimed))
            throw AccessErrors.SignatureDoesNotMatch();
        _previous = expected;
    }
}
