using System.Xml;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Listing;

/// <summary>
/// ListObjectVersions. In a bucket without versioning each object is the latest and only version of its key, with the
/// id <c>null</c>.
/// </summary>
internal sealed class VersionListings(BucketCatalog catalog)
{
    public async Task ListAsync(S3Request request, CancellationToken cancellation)
    {
        var (query, encode) = (ListingQuery.Versions(request.Query), KeyEncoding.Of(request.Query));
        var marker = request.Query["version-id-marker"] ?? "";
        Verify(marker, query.After);
        var page = catalog.Require(request.Bucket)
            .Query(index => VersionPage.Of(index, query, marker.Length == 0 ? null : marker));
        var answer = S3Document.Write("ListVersionsResult", xml =>
        {
            xml.Element("Name", request.Bucket);
            xml.Element("Prefix", encode.Apply(query.Prefix));
            xml.Element("KeyMarker", encode.Apply(query.After));
            xml.Element("VersionIdMarker", marker);
            xml.Element("NextKeyMarker", page.IsTruncated ? encode.Apply(page.Last) : null);
            xml.Element("NextVersionIdMarker", page.IsTruncated ? page.NextVersionId : null);
            xml.Element("MaxKeys", query.MaxKeys);
            xml.Element("Delimiter", encode.Apply(query.Delimiter));
            xml.Element("EncodingType", encode.Name);
            xml.Element("IsTruncated", page.IsTruncated);
            foreach (var version in page.Versions)
                xml.Nest(version.IsDeleteMarker ? "DeleteMarker" : "Version", () => Write(xml, version, encode));
            foreach (var prefix in page.CommonPrefixes)
                xml.Nest("CommonPrefixes", () => xml.Element("Prefix", encode.Apply(prefix)));
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    private static void Verify(string marker, string after)
    {
        if (marker.Length > 0 && after.Length == 0)
            throw S3Errors.InvalidArgument(
                "version-id-marker", marker, "A version-id marker cannot be specified without a key marker.");
        if (marker.Length > 0)
            VersionId.Verified("version-id-marker", marker);
    }

    private static void Write(XmlWriter xml, ListedVersion version, KeyEncoding encode)
    {
        xml.Element("Key", encode.Apply(version.Entry.Key));
        xml.Element("VersionId", version.Id);
        xml.Element("IsLatest", version.IsLatest);
        xml.Element("LastModified", version.Entry.LastModified);
        if (!version.IsDeleteMarker)
        {
            xml.Element("ETag", HeaderText.Quote(version.Entry.ETag));
            xml.Element("Size", version.Entry.Size);
            xml.Element("StorageClass", "STANDARD");
        }

        xml.Owner();
    }
}
