using System.Xml;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Listing;

/// <summary>ListObjects and ListObjectsV2: the same page in two formats.</summary>
internal sealed class ListingOperations(BucketCatalog catalog)
{
    private delegate void VersionWriter(XmlWriter xml, ListingPage<ObjectEntry> page, KeyEncoding encode);

    public Task Version1Async(S3Request request, CancellationToken cancellation)
    {
        var query = ListingQuery.Version1(request.Query);
        return AnswerAsync(request, query, withOwner: true, Write, cancellation);

        void Write(XmlWriter xml, ListingPage<ObjectEntry> page, KeyEncoding encode)
        {
            xml.Element("Marker", encode.Apply(query.After));
            // Without a delimiter the last key is the next marker, so S3 omits it.
            xml.Element("NextMarker", page.IsTruncated && query.Delimiter is not null ? encode.Apply(page.Last) : null);
        }
    }

    public Task Version2Async(S3Request request, CancellationToken cancellation)
    {
        var withOwner = request.Query["fetch-owner"] == "true";
        return AnswerAsync(request, ListingQuery.Version2(request.Query), withOwner, Write, cancellation);

        void Write(XmlWriter xml, ListingPage<ObjectEntry> page, KeyEncoding encode)
        {
            xml.Element("KeyCount", page.Entries.Count + page.CommonPrefixes.Count);
            xml.Element("ContinuationToken", request.Query["continuation-token"]);
            xml.Element("NextContinuationToken", page.IsTruncated ? ListingQuery.Token(page.Last!) : null);
            xml.Element("StartAfter", encode.Apply(request.Query["start-after"]));
        }
    }

    private async Task AnswerAsync(
        S3Request request,
        ListingQuery query,
        bool withOwner,
        VersionWriter writeVersion,
        CancellationToken cancellation)
    {
        var encode = KeyEncoding.Of(request.Query);
        var page = catalog.Require(request.Bucket).Query(index => ListingPage<ObjectEntry>.Of(
            index.Current, query, query.After.Length == 0 ? 0 : index.Current.FirstAfter(query.After)));
        var answer = S3Document.Write("ListBucketResult", xml =>
        {
            xml.Element("Name", request.Bucket);
            xml.Element("Prefix", encode.Apply(query.Prefix));
            xml.Element("Delimiter", encode.Apply(query.Delimiter));
            xml.Element("MaxKeys", query.MaxKeys);
            xml.Element("EncodingType", encode.Name);
            xml.Element("IsTruncated", page.IsTruncated);
            writeVersion(xml, page, encode);
            foreach (var entry in page.Entries)
                WriteObject(xml, entry, encode, withOwner);
            foreach (var prefix in page.CommonPrefixes)
                xml.Nest("CommonPrefixes", () => xml.Element("Prefix", encode.Apply(prefix)));
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    private static void WriteObject(
        XmlWriter xml,
        ObjectEntry entry,
        KeyEncoding encode,
        bool withOwner) => xml.Nest("Contents", () =>
    {
        xml.Element("Key", encode.Apply(entry.Key));
        xml.Element("LastModified", entry.LastModified);
        xml.Element("ETag", HeaderText.Quote(entry.ETag));
        xml.Element("Size", entry.Size);
        xml.Element("StorageClass", "STANDARD");
        if (withOwner)
            xml.Owner();
    });
}
