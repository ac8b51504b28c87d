using Esb.Objects.Errors;
using Esb.Objects.Requests;

namespace Esb.Objects.Storage;

/// <summary>
/// A conditional write ("How to prevent object overwrites with conditional writes"): only if no such object exists, or
/// only if the current version has this ETag. It is checked before a body is read, and again when the object is
/// written.
/// </summary>
internal sealed record WriteCondition(bool OnlyIfAbsent, string? OnlyOver)
{
    public static readonly WriteCondition None = new(false, null);

    public static WriteCondition From(S3Request request)
    {
        RefuseUnsupported(request);
        var absent = request.Header("If-None-Match");
        if (absent is not null and not "*")
            throw S3Errors.NotImplemented("If-None-Match with a value other than * on a write");
        var over = request.Header("If-Match");
        return absent is null && over is null ? None : new WriteCondition(absent is not null, over);
    }

    /// <exception cref="S3Exception">
    /// NotImplemented: a condition that the store does not support for writes or deletes.
    /// </exception>
    public static void RefuseUnsupported(S3Request request)
    {
        if (request.Headers.IfUnmodifiedSince.Count > 0)
            throw S3Errors.NotImplemented("If-Unmodified-Since on a write");
    }

    /// <exception cref="S3Exception">PreconditionFailed or NoSuchKey.</exception>
    public void Verify(string key, string? currentETag)
    {
        if (OnlyIfAbsent && currentETag is not null)
            throw S3Errors.PreconditionFailed("If-None-Match");
        if (OnlyOver is null)
            return;
        if (currentETag is null)
            throw S3Errors.NoSuchKey(key);
        if (OnlyOver != "*" && HeaderText.Unquote(OnlyOver) != currentETag)
            throw S3Errors.PreconditionFailed("If-Match");
    }
}
