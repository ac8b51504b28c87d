using System.Globalization;
using Esb.Objects.Errors;
using Esb.Objects.Requests;

namespace Esb.Objects.Storage;

/// <summary>
/// The condition of a write or a delete about the current version of its key: for writes, "How to prevent object
/// overwrites with conditional writes", for deletes, "How to perform conditional deletes". It is checked before a body
/// is read, and again when the version is written or removed.
/// </summary>
/// <param name="NotOver">The ETag that the version must not have; <c>*</c> for any.</param>
/// <param name="Over">The ETag that it must have; <c>*</c> for any.</param>
internal sealed record WriteCondition(string? NotOver, string? Over)
{
    public static readonly WriteCondition None = new(null, null);

    private const string SizeHeader = "x-amz-if-match-size";
    private const string TimeHeader = "x-amz-if-match-last-modified-time";

    /// <summary>Headers that only a delete may have.</summary>
    public static readonly string[] OfDeletes = [SizeHeader, TimeHeader];

    /// <summary>The size that the version must have.</summary>
    public long? Size { get; private init; }

    /// <summary>The time at which it must have been written: to the second, unless it has a fraction.</summary>
    public DateTimeOffset? Modified { get; private init; }

    public static WriteCondition OfWrite(S3Request request)
    {
        RefuseUnsupported(request);
        return new WriteCondition(request.Header("If-None-Match"), request.Header("If-Match"));
    }

    public static WriteCondition OfDelete(S3Request request)
    {
        RefuseUnsupported(request);
        if (request.Headers.IfNoneMatch.Count > 0)
            throw S3Errors.NotImplemented("If-None-Match on a delete");
        return OfDelete(
            request.Header(
                "If-Match"), (SizeHeader, request.Header(SizeHeader)), (TimeHeader, request.Header(TimeHeader)));
    }

    /// <summary>The conditions of a delete, with the names of the size and time for the error.</summary>
    public static WriteCondition OfDelete(
        string? over,
        (string Name, string? Value) size,
        (string Name, string? Value) modified) => new(null, over)
        {
            Size = size.Value is not { } number ? null : ParseSize(size.Name, number),
            Modified = modified.Value is not { } time
                ? null
                : HeaderText.ParseHttpDate(time)
                    ?? throw S3Errors.InvalidArgument(modified.Name, time, "It must be a time."),
        };

    /// <exception cref="S3Exception">PreconditionFailed or NoSuchKey.</exception>
    /// <param name="key">The key of the write.</param>
    /// <param name="current">Its current version; null when it has none. To a write, a delete marker is none.</param>
    public void VerifyWrite(string key, ObjectMetadata? current)
    {
        if (current is { IsDeleteMarker: true })
            current = null;
        if (NotOver is not null && current is not null && IsMatch(NotOver, current))
            throw S3Errors.PreconditionFailed("If-None-Match");
        if (Over is null)
            return;
        if (current is null)
            throw S3Errors.NoSuchKey(key);
        VerifyMatch(current);
    }

    /// <exception cref="S3Exception">PreconditionFailed or NoSuchKey.</exception>
    /// <param name="key">The key of the delete.</param>
    /// <param name="current">The version in question; null when there is none.</param>
    public void VerifyDelete(string key, ObjectMetadata? current)
    {
        if (current is null)
        {
            // Size and time guard what exists. An ETag, as documented for deletes, also asks that something does.
            if (Over is not null)
                throw S3Errors.NoSuchKey(key);
            return;
        }

        VerifyMatch(current);
        if (Size is not null && (current.IsDeleteMarker || Size != current.Size))
            throw S3Errors.PreconditionFailed(SizeHeader);
        if (Modified is { } time && !IsAt(current.LastModified, time))
            throw S3Errors.PreconditionFailed(TimeHeader);
    }

    private static void RefuseUnsupported(S3Request request)
    {
        if (request.Headers.IfUnmodifiedSince.Count > 0)
            throw S3Errors.NotImplemented("If-Unmodified-Since on a write");
    }

    private void VerifyMatch(ObjectMetadata current)
    {
        if (Over is not null && (current.IsDeleteMarker || !IsMatch(Over, current)))
            throw S3Errors.PreconditionFailed("If-Match");
    }

    private static bool IsMatch(string etag, ObjectMetadata current) =>
        etag == "*" || HeaderText.Unquote(etag) == current.ETag;

    private static long ParseSize(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw S3Errors.InvalidArgument(name, text, "It must be a whole number of bytes.");

    private static bool IsAt(DateTimeOffset modified, DateTimeOffset wanted)
    {
        var unit = wanted.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
        return modified.UtcTicks / unit == wanted.UtcTicks / unit;
    }
}
