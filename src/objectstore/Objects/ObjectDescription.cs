using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Requests;

namespace Esb.ObjectStore.Objects;

/// <summary>What a request says about the object that it makes, beside its content.</summary>
internal sealed record ObjectDescription(
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> UserMetadata,
    IReadOnlyDictionary<string, string> Tags)
{
    private const string UserPrefix = "x-amz-meta-";
    private const int MostUserMetadata = 2048;
    private const string DefaultContentType = "binary/octet-stream";

    private static readonly string[] Kept =
        ["Content-Type", "Content-Encoding", "Content-Disposition", "Content-Language", "Cache-Control", "Expires"];

    // Ignoring these would break a promise that the caller relies on.
    private static readonly string[] Unsupported =
    [
        "x-amz-server-side-encryption-customer-algorithm", "x-amz-object-lock-mode", "x-amz-object-lock-legal-hold",
        "x-amz-object-lock-retain-until-date", "x-amz-write-offset-bytes", "x-amz-website-redirect-location",
    ];

    public static ObjectDescription From(S3Request request)
    {
        RefuseUnsupported(request);
        var tags = request.Header("x-amz-tagging") is { } header ? TagSet.FromHeader(header) : new Dictionary<string, string>();
        return new ObjectDescription(HeadersOf(request), UserMetadataOf(request), tags);
    }

    public static void RefuseUnsupported(S3Request request)
    {
        if (Unsupported.FirstOrDefault(request.Headers.ContainsKey) is { } header)
            throw S3Errors.NotImplemented($"The header {header}");
    }

    private static Dictionary<string, string> HeadersOf(S3Request request)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = DefaultContentType };
        foreach (var name in Kept)
        {
            if (request.Header(name) is { } value)
                headers[name] = value;
        }

        // aws-chunked is how the body travelled, not what the object is.
        if (headers.TryGetValue("Content-Encoding", out var encodings))
        {
            var rest = string.Join(',', encodings.Split(',', StringSplitOptions.TrimEntries).Where(e => e != "aws-chunked" && e != ""));
            headers["Content-Encoding"] = rest;
            if (rest.Length == 0)
                headers.Remove("Content-Encoding");
        }

        return headers;
    }

    private static Dictionary<string, string> UserMetadataOf(S3Request request)
    {
        var metadata = request.Headers
            .Where(h => h.Key.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString());
        return metadata.Sum(m => m.Key.Length - UserPrefix.Length + m.Value.Length) <= MostUserMetadata
            ? metadata
            : throw S3Errors.MetadataTooLarge();
    }
}
