using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Schema.Http;

namespace Esb.Objects.Objects;

/// <summary>
/// The conditions of a read (RFC 9110, section 13.2.2, which S3 follows): If-Match has precedence over
/// If-Unmodified-Since, and If-None-Match over If-Modified-Since.
/// </summary>
/// <param name="Names">
/// The prefix of the header names: empty, or <c>x-amz-copy-source-</c> for the source of a copy.
/// </param>
internal sealed record Preconditions(string Names)
{
    public static readonly Preconditions OfRead = new("");
    public static readonly Preconditions OfCopySource = new("x-amz-copy-source-");

    /// <returns>True when the object is to be sent, false when the client already has it.</returns>
    /// <exception cref="S3Exception">PreconditionFailed.</exception>
    public bool Verify(S3Request request, ObjectMetadata metadata)
    {
        // Dates in headers have whole seconds.
        var modified = metadata.LastModified.AddTicks(-(metadata.LastModified.Ticks % TimeSpan.TicksPerSecond));
        if (request.Header(Names + "If-Match") is { } match)
        {
            if (!Lists(match, metadata.ETag))
                throw S3Errors.PreconditionFailed("If-Match");
        }
        else if (HeaderText.ParseHttpDate(request.Header(Names + "If-Unmodified-Since")) is { } unmodified
            && modified > unmodified)
        {
            throw S3Errors.PreconditionFailed("If-Unmodified-Since");
        }

        return request.Header(Names + "If-None-Match") is { } none
            ? !Lists(none, metadata.ETag)
            : HeaderText.ParseHttpDate(request.Header(Names + "If-Modified-Since")) is not { } since
                || modified > since;
    }

    /// <summary>
    /// The requested range; null when If-Range names another version of the object (RFC 9110, section 13.1.5).
    /// </summary>
    public static string? RangeOf(S3Request request, ObjectMetadata metadata)
    {
        if (request.Header("If-Range") is not { } version)
            return request.Header("Range");
        var isThis = version.Contains('"', StringComparison.Ordinal)
            ? OptionalWhitespace.Trim(version) == HeaderText.Quote(metadata.ETag)
            : OptionalWhitespace.Trim(version) == HeaderText.HttpDate(metadata.LastModified);
        return isThis ? request.Header("Range") : null;
    }

    private static bool Lists(string header, string etag) =>
        OptionalWhitespace.Trim(header) == "*" || header.Split(',').Any(e => HeaderText.Unquote(e) == etag);
}
