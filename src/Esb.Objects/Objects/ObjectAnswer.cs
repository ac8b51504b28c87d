using System.Globalization;
using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>Response headers for objects.</summary>
internal static class ObjectAnswer
{
    private static readonly Dictionary<string, string> Overrides = new()
    {
        ["response-content-type"] = "Content-Type",
        ["response-content-encoding"] = "Content-Encoding",
        ["response-content-disposition"] = "Content-Disposition",
        ["response-content-language"] = "Content-Language",
        ["response-cache-control"] = "Cache-Control",
        ["response-expires"] = "Expires",
    };

    public const string VersionHeader = "x-amz-version-id";
    private const string TagCount = "x-amz-tagging-count";
    public const string MarkerHeader = "x-amz-delete-marker";

    /// <summary>Names the version that was read, if its bucket has or had versioning.</summary>
    public static void NameVersion(
        HttpResponse response,
        Bucket bucket,
        ObjectMetadata metadata,
        string header = VersionHeader)
    {
        if (bucket.Settings.IsVersioned)
            response.Headers[header] = metadata.Id;
    }

    /// <summary>Names the version that was written, if it has an id of its own.</summary>
    public static void NameWritten(HttpResponse response, ObjectMetadata metadata)
    {
        if (metadata.GivenId is { } id)
            response.Headers[VersionHeader] = id;
    }

    /// <summary>Adds the headers of the answer after an object or part has been written.</summary>
    public static void Written(HttpResponse response, ObjectMetadata metadata)
    {
        response.Headers.ETag = HeaderText.Quote(metadata.ETag);
        NameWritten(response, metadata);
        WriteChecksum(response, metadata);
    }

    /// <summary>Adds the headers of the answer to a read, except those that depend on the range.</summary>
    public static void Describe(S3Request request, Bucket bucket, ObjectMetadata metadata)
    {
        var headers = request.Response.Headers;
        // A value that an older version accepted but that no header can carry is omitted, so that the object stays
        // readable.
        foreach (var (name, value) in metadata.Headers.Concat(metadata.UserMetadata)
            .Where(header => HeaderText.IsName(header.Key)))
            headers[name] = HeaderText.Sendable(value);
        foreach (var (parameter, value) in request.Query.All)
        {
            if (!Overrides.TryGetValue(parameter, out var name))
                continue;
            if (request.Authentication.IsAnonymous)
                throw AccessErrors.NotForAnonymous();
            headers[name] = Overridden(parameter, value);
        }

        headers.ETag = HeaderText.Quote(metadata.ETag);
        headers.LastModified = HeaderText.HttpDate(metadata.LastModified);
        headers.AcceptRanges = "bytes";
        NameVersion(request.Response, bucket, metadata);
        if (metadata.Protection is { } protection)
            LockHeaders.Write(headers, protection, request.Access.MayBeTold);
        if (metadata.Tags.Count > 0 && request.Access.MayBeTold(TagCount))
            headers[TagCount] = metadata.Tags.Count.ToString(CultureInfo.InvariantCulture);
    }

    public static void WriteChecksum(HttpResponse response, ObjectMetadata metadata)
    {
        if (metadata.Checksum is not { } checksum)
            return;
        response.Headers[checksum.Algorithm.Header] = checksum.Value;
        response.Headers["x-amz-checksum-type"] = checksum.Type;
    }

    private static string Overridden(string parameter, string value) => HeaderText.HasControlCharacters(value)
        ? throw S3Errors.InvalidArgument(
            parameter, "", "Header value cannot be represented: it has control characters.")
        : HeaderText.FromUnicode(value);
}
