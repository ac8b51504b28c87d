using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Buckets;

/// <summary>ListBuckets, CreateBucket, HeadBucket, DeleteBucket and GetBucketLocation.</summary>
internal sealed class BucketOperations(BucketCatalog catalog, TimeProvider clock)
{
    private const int LargestDocument = 64 * 1024;
    private const string DefaultRegion = "us-east-1";
    private const int LongestRegion = 64;

    public async Task ListAsync(S3Request request, CancellationToken cancellation)
    {
        var prefix = request.Query["prefix"] ?? "";
        var answer = S3Document.Write("ListAllMyBucketsResult", xml =>
        {
            xml.Owner();
            xml.Nest("Buckets", () =>
            {
                foreach (var bucket in catalog.All.Where(b => b.Name.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    xml.Nest("Bucket", () =>
                    {
                        xml.Element("Name", bucket.Name);
                        xml.Element("CreationDate", bucket.Record.Created);
                        xml.Element("BucketRegion", RegionOf(bucket));
                    });
                }
            });
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    public async Task CreateAsync(S3Request request, CancellationToken cancellation)
    {
        BucketName.Verify(request.Bucket);
        var withObjectLock = IsTrue(LockHeaders.OfBuckets, request.Header(LockHeaders.OfBuckets));
        var record = new BucketRecord(clock.GetUtcNow(), await LocationAsync(request, cancellation));
        catalog.Create(request.Bucket, record, withObjectLock);
        request.Response.Headers.Location = "/" + request.Bucket;
    }

    public Task HeadAsync(S3Request request, CancellationToken cancellation)
    {
        request.Response.Headers["x-amz-bucket-region"] = RegionOf(catalog.Require(request.Bucket));
        return Task.CompletedTask;
    }

    public Task DeleteAsync(S3Request request, CancellationToken cancellation)
    {
        catalog.Delete(request.Bucket);
        request.AnswerNothing(204);
        return Task.CompletedTask;
    }

    public async Task GetLocationAsync(S3Request request, CancellationToken cancellation)
    {
        var location = catalog.Require(request.Bucket).Record.Location;
        await request.AnswerXmlAsync(
            S3Document.Write("LocationConstraint", xml => xml.WriteString(location)), cancellation);
    }

    private static bool IsTrue(string header, string? value) => value?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw S3Errors.InvalidArgument(header, value, "It must be true or false."),
    };

    private static string RegionOf(Bucket bucket) =>
        bucket.Record.Location.Length > 0 ? HeaderText.Sendable(bucket.Record.Location) : DefaultRegion;

    private static async Task<string> LocationAsync(S3Request request, CancellationToken cancellation)
    {
        if (request.Http.Request.ContentLength is null or 0)
            return "";
        var document = await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation);
        var location =
            XmlElement.Parse(document, "CreateBucketConfiguration").Value("LocationConstraint")?.Trim() ?? "";
        // The location appears in response headers.
        if (location.Length > LongestRegion || !location.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw S3Errors.InvalidLocation();
        return location == DefaultRegion ? "" : location;
    }
}
