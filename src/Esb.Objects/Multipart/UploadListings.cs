using Esb.Objects.Listing;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Multipart;

/// <summary>ListParts and ListMultipartUploads.</summary>
internal sealed class UploadListings(BucketCatalog catalog)
{
    private const int LargestPage = 1000;

    public async Task ListPartsAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var upload = bucket.Uploads.Require(request.Query["uploadId"]!, request.Key);
        var after = request.Query.Number("part-number-marker", whenAbsent: 0);
        var most = Math.Min(request.Query.Number("max-parts", LargestPage), LargestPage);
        var encode = KeyEncoding.Of(request.Query);
        var numbers = bucket.Uploads.PartNumbers(upload).Where(n => n > after).Take(most + 1).ToList();
        var page = numbers.Take(most).ToList();
        var isTruncated = most > 0 && numbers.Count > most;

        var answer = S3Document.Write("ListPartsResult", xml =>
        {
            xml.Element("Bucket", bucket.Name);
            xml.Element("Key", encode.Apply(upload.Key));
            xml.Element("UploadId", upload.UploadId);
            xml.Owner("Initiator");
            xml.Owner();
            xml.Element("StorageClass", "STANDARD");
            xml.Element("PartNumberMarker", after);
            // Only where there is another page: the SDK for JavaScript asks for pages until there is no marker.
            if (isTruncated)
                xml.Element("NextPartNumberMarker", page[^1]);
            xml.Element("MaxParts", most);
            xml.Element("IsTruncated", isTruncated);
            xml.Element("ChecksumAlgorithm", upload.ChecksumAlgorithm);
            xml.Element("ChecksumType", upload.ChecksumType);
            foreach (var number in page)
            {
                using var part = bucket.Uploads.OpenPart(upload, number);
                if (part is not null)
                    WritePart(xml, number, part.Metadata);
            }
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    public async Task ListUploadsAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var query = UploadsQuery.From(request.Query);
        var page = UploadsPage.Of(bucket.Uploads.All(), query);
        var encode = KeyEncoding.Of(request.Query);

        var answer = S3Document.Write("ListMultipartUploadsResult", xml =>
        {
            xml.Element("Bucket", bucket.Name);
            xml.Element("KeyMarker", encode.Apply(query.KeyMarker));
            xml.Element("UploadIdMarker", query.UploadIdMarker);
            xml.Element("NextKeyMarker", page.IsTruncated ? encode.Apply(page.NextKeyMarker) : null);
            xml.Element("NextUploadIdMarker", page.IsTruncated ? page.NextUploadIdMarker : null);
            xml.Element("Prefix", encode.Apply(query.Prefix));
            xml.Element("Delimiter", encode.Apply(query.Delimiter));
            xml.Element("MaxUploads", query.MaxUploads);
            xml.Element("EncodingType", encode.Name);
            xml.Element("IsTruncated", page.IsTruncated);
            foreach (var upload in page.Uploads)
                WriteUpload(xml, upload, encode);
            foreach (var prefix in page.CommonPrefixes)
                xml.Nest("CommonPrefixes", () => xml.Element("Prefix", encode.Apply(prefix)));
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    private static void WritePart(System.Xml.XmlWriter xml, int number, ObjectMetadata part) => xml.Nest("Part", () =>
    {
        xml.Element("PartNumber", number);
        xml.Element("LastModified", part.LastModified);
        xml.Element("ETag", HeaderText.Quote(part.ETag));
        xml.Element("Size", part.Size);
        if (part.Checksum is { } checksum)
            xml.Element(checksum.Algorithm.Element, checksum.Value);
    });

    private static void WriteUpload(
        System.Xml.XmlWriter xml,
        UploadRecord upload,
        KeyEncoding encode) => xml.Nest("Upload", () =>
    {
        xml.Element("Key", encode.Apply(upload.Key));
        xml.Element("UploadId", upload.UploadId);
        xml.Owner("Initiator");
        xml.Owner();
        xml.Element("StorageClass", "STANDARD");
        xml.Element("Initiated", upload.Initiated);
        xml.Element("ChecksumAlgorithm", upload.ChecksumAlgorithm);
        xml.Element("ChecksumType", upload.ChecksumType);
    });
}
