using Esb.Objects.Errors;
using Esb.Objects.Signing;

namespace Esb.Objects.Payloads;

/// <summary>
/// What <c>x-amz-content-sha256</c> says about the body: its hash, or one of the keywords for its framing and
/// signature.
/// </summary>
internal sealed record PayloadDeclaration(
    string? Sha256,
    bool IsChunked = false,
    bool IsSigned = false,
    bool HasTrailer = false)
{
    /// <summary>The value of the request's header or, for a presigned request, of the URL.</summary>
    /// <exception cref="S3Exception">Both are present and differ.</exception>
    public static PayloadDeclaration Of(S3Request request)
    {
        var header = request.Header("x-amz-content-sha256");
        var signed =
            PresignedAuthorization.IsIn(request.Query) ? request.Query[PresignedAuthorization.ContentHash] : null;
        if (header is not null && signed is not null && header != signed)
            throw BodyErrors.ContentHashMismatch();
        return Parse(header ?? signed);
    }

    private static PayloadDeclaration Parse(string? header) => header switch
    {
        null or "UNSIGNED-PAYLOAD" => new PayloadDeclaration((string?)null),
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" => new(null, IsChunked: true, IsSigned: true),
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => new(null, IsChunked: true, IsSigned: true, HasTrailer: true),
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => new(null, IsChunked: true, HasTrailer: true),
        _ when header.StartsWith("STREAMING-", StringComparison.Ordinal) =>
            throw S3Errors.NotImplemented($"A body of the kind {header}"),
        _ when header.Length == 64 && header.All(char.IsAsciiHexDigit) => new(header.ToLowerInvariant()),
        _ => throw S3Errors.InvalidArgument(
            "x-amz-content-sha256",
            header,
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 "
                + "value."),
    };
}
