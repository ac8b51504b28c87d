using System.Xml;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Listing;

/// <summary>
/// ListObjectVersions of a bucket without versioning: each object is the latest and only version of its key, with the
/// id <c>null</c>.
/// </summary>
internal sealed class VersionListings(BucketCatalog catalog)
{
    private const string OnlyVersion = "null";

    public async Task ListAsync(S3Request request, CancellationToken cancellation)
    {
        var (query, encode) = (ListingQuery.Versions(request.Query), KeyEncoding.Of(request.Query));
        var version = request.Query["version-id-marker"] ?? "";
        Verify(version, query.After);
        var page = catalog.Require(request.Bucket).Query(index => ListingPage.Of(index, query));
        var isKey = page.Objects.Count > 0 && page.Objects[^1].Key == page.Last;
        var answer = S3Document.Write("ListVersionsResult", xml =>
        {
            xml.Element("Name", request.Bucket);
            xml.Element("Prefix", encode.Apply(query.Prefix));
            xml.Element("KeyMarker", encode.Apply(query.After));
            xml.Element("VersionIdMarker", version);
            xml.Element("NextKeyMarker", page.IsTruncated ? encode.Apply(page.Last) : null);
            xml.Element("NextVersionIdMarker", page.IsTruncated && isKey ? OnlyVersion : null);
            xml.Element("MaxKeys", query.MaxKeys);
            xml.Element("Delimiter", encode.Apply(query.Delimiter));
            xml.Element("EncodingType", encode.Name);
            xml.Element("IsTruncated", page.IsTruncated);
            foreach (var entry in page.Objects)
                Write(xml, entry, encode);
            foreach (var prefix in page.CommonPrefixes)
                xml.Nest("CommonPrefixes", () => xml.Element("Prefix", encode.Apply(prefix)));
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    private static void Verify(string version, string after)
    {
        if (version.Length > 0 && after.Length == 0)
            throw S3Errors.InvalidArgument(
                "version-id-marker", version, "A version-id marker cannot be specified without a key marker.");
        if (version is not ("" or OnlyVersion))
            throw S3Errors.InvalidArgument("version-id-marker", version, "Invalid version id specified");
    }

    private static void Write(XmlWriter xml, ObjectEntry entry, KeyEncoding encode) => xml.Nest("Version", () =>
    {
        xml.Element("Key", encode.Apply(entry.Key));
        xml.Element("VersionId", OnlyVersion);
        xml.Element("IsLatest", true);
        xml.Element("LastModified", entry.LastModified);
        xml.Element("ETag", HeaderText.Quote(entry.ETag));
        xml.Element("Size", entry.Size);
        xml.Element("StorageClass", "STANDARD");
        xml.Owner();
    });
}
