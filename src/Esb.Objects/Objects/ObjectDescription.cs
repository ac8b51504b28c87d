using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Schema.Http;

namespace Esb.Objects.Objects;

/// <summary>Everything that a request says about the object that it creates, except its content.</summary>
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

    public static ObjectDescription From(S3Request request) => From(request.Headers);

    /// <param name="headers">The headers of a request, or the equivalent fields of a form.</param>
    public static ObjectDescription From(IHeaderDictionary headers)
    {
        var tags = headers["x-amz-tagging"].ToString() is { Length: > 0 } header
            ? TagSet.FromHeader(header)
            : new Dictionary<string, string>();
        return new ObjectDescription(HeadersOf(headers), UserMetadataOf(headers), tags);
    }

    private static Dictionary<string, string> HeadersOf(IHeaderDictionary sent)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = DefaultContentType };
        foreach (var name in Kept)
        {
            if (sent[name].ToString() is { Length: > 0 } value)
                headers[name] = Verified(name, value);
        }

        // aws-chunked is the encoding of the transfer, not of the object.
        if (headers.TryGetValue("Content-Encoding", out var encodings))
        {
            var rest = string.Join(',', OptionalWhitespace.Split(encodings, ',').Where(e => e != "aws-chunked"));
            headers["Content-Encoding"] = rest;
            if (rest.Length == 0)
                headers.Remove("Content-Encoding");
        }

        return headers;
    }

    private static Dictionary<string, string> UserMetadataOf(IHeaderDictionary headers)
    {
        var metadata = headers
            .Where(h => h.Key.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key.ToLowerInvariant(), h => Verified(h.Key, h.Value.ToString()));
        return metadata.Sum(m => m.Key.Length - UserPrefix.Length + m.Value.Length) <= MostUserMetadata
            ? metadata
            : throw S3Errors.MetadataTooLarge();
    }

    // The value is sent back with the object, and a response header cannot carry everything that a request header can.
    private static string Verified(string name, string value) =>
        HeaderText.IsSendable(value)
            ? value
            : throw S3Errors.InvalidArgument(name, value, "The value has control characters.");
}
