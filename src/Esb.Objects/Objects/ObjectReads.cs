using System.Globalization;
using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>GetObject and HeadObject, which differ only in whether the content is sent.</summary>
internal sealed class ObjectReads(BucketCatalog catalog)
{
    public async Task ReadAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        using var opened = bucket.Open(request.Key, request.VersionId);
        var metadata = opened.Metadata;
        var wanted = Preconditions.OfRead.Verify(request, metadata);
        var part = PartRange(request, metadata);
        var range = wanted ? part ?? ByteRange.Parse(Preconditions.RangeOf(request, metadata), metadata.Size) : null;
        ObjectAnswer.Describe(request, bucket, metadata);
        if (!wanted)
        {
            request.AnswerNothing(304);
            return;
        }

        // Clients compare the checksum with what they receive, so it must not accompany a range.
        if (range is null
            && string.Equals(request.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase))
            ObjectAnswer.WriteChecksum(request.Response, metadata);
        WriteRange(request.Response, range, metadata.Size);
        var sent = range ?? new ByteRange(0, metadata.Size);
        request.Response.ContentLength = sent.Length;
        if (HttpMethods.IsHead(request.Method))
            return;
        AnswerBuffer.All.ThrowIfFull(Math.Min(sent.Length, AnswerBuffer.Piece));
        await SendAsync(opened.Content(sent.Start, sent.Length), request.Http, cancellation);
    }

    private static void WriteRange(HttpResponse response, ByteRange? range, long size)
    {
        if (range is null)
            return;
        response.StatusCode = 206;
        response.Headers.ContentRange = $"bytes {range.Start}-{range.Start + range.Length - 1}/{size}";
    }

    private static async Task SendAsync(StoredPayload content, HttpContext http, CancellationToken cancellation)
    {
        var writer = http.Response.BodyWriter;
        while (await content.ReadAsync(writer.GetMemory(AnswerBuffer.Piece), cancellation) is > 0 and var count)
        {
            writer.Advance(count);
            // The bytes that this request wrote, and those that were already waiting.
            await AnswerBuffer.All.WaitAsync(http, writer.FlushAsync(cancellation), 2 * AnswerBuffer.Piece);
        }
    }

    private static ByteRange? PartRange(S3Request request, ObjectMetadata metadata)
    {
        if (!request.Query.Has("partNumber"))
            return null;
        if (request.Headers.ContainsKey("Range"))
            throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        var number = request.Query.Number("partNumber", whenAbsent: 1, minimum: 1);
        var sizes = metadata.PartSizes ?? [metadata.Size];
        if (number > sizes.Count)
            throw new S3Exception(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
        if (metadata.PartSizes is not null)
            request.Response.Headers["x-amz-mp-parts-count"] = sizes.Count.ToString(CultureInfo.InvariantCulture);
        // A Content-Range cannot describe an empty part.
        return sizes[number - 1] == 0 ? null : new ByteRange(sizes.Take(number - 1).Sum(), sizes[number - 1]);
    }
}
