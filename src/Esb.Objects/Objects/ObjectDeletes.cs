using System.Text;
using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Objects;

/// <summary>DeleteObject and DeleteObjects. Deleting an object that does not exist succeeds, as on S3.</summary>
internal sealed class ObjectDeletes(BucketCatalog catalog, TimeProvider clock)
{
    private const int MostKeys = 1000;

    private const int LargestDocument = 4 * 1024 * 1024;

    public Task DeleteAsync(S3Request request, CancellationToken cancellation)
    {
        var bypasses = LockHeaders.BypassesGovernance(request.Headers);
        var deleted = catalog.Require(request.Bucket).Delete(new Deletion(
            request.Key, request.VersionId, WriteCondition.OfDelete(request), clock.GetUtcNow(), bypasses));
        if (deleted.VersionId is not null)
            request.Response.Headers[ObjectAnswer.VersionHeader] = deleted.VersionId;
        if (deleted.IsDeleteMarker)
            request.Response.Headers[ObjectAnswer.MarkerHeader] = "true";
        request.AnswerNothing(204);
        return Task.CompletedTask;
    }

    public async Task DeleteManyAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var document = XmlElement.Parse(
            await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation), "Delete");
        var objects = document.All("Object").ToList();
        if (objects.Count is 0 or > MostKeys)
            throw BodyErrors.MalformedXml($"it has to list 1 to {MostKeys} objects");
        var quiet = document.Value("Quiet")?.Trim() == "true";
        var bypasses = LockHeaders.BypassesGovernance(request.Headers);
        var outcomes = DeleteAll(
            bucket,
            objects,
            request.Access,
            clock.GetUtcNow(),
            bypasses,
            cancellation);

        var answer = S3Document.Write("DeleteResult", xml =>
        {
            foreach (var outcome in outcomes)
            {
                if (outcome.Error is not null || !quiet)
                    xml.Nest(outcome.Error is null ? "Deleted" : "Error", () => Write(xml, outcome));
            }
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    // When the client has disconnected, nobody knows which deletes of its request are done. Another client may already
    // have created new objects, which must not be deleted on behalf of the first client.
    internal static List<Outcome> DeleteAll(
        Bucket bucket,
        IEnumerable<XmlElement> objects,
        IRequestAccess access,
        DateTimeOffset now,
        bool bypassesGovernance,
        CancellationToken cancellation)
    {
        List<Outcome> outcomes = [];
        foreach (var listed in objects)
        {
            cancellation.ThrowIfCancellationRequested();
            outcomes.Add(Delete(bucket, listed, access, now, bypassesGovernance));
        }

        return outcomes;
    }

    private static Outcome Delete(
        Bucket bucket, XmlElement listed, IRequestAccess access, DateTimeOffset now, bool bypassesGovernance)
    {
        var key = listed.Value("Key") ?? throw BodyErrors.MalformedXml("an Object has no Key");
        var version = listed.Value("VersionId") is { Length: > 0 } id ? id : null;
        try
        {
            if (version is not null && !VersionId.IsOne(version))
                throw S3Errors.NoSuchVersion(version);
            if (Encoding.UTF8.GetByteCount(key) > S3Request.MaxKeyBytes)
                throw S3Errors.KeyTooLong();
            access.VerifyListed(key, version, listed.Value("ETag"));
            var condition = WriteCondition.OfDelete(
                listed.Value("ETag"),
                ("Size", listed.Value("Size")?.Trim()),
                ("LastModifiedTime", listed.Value("LastModifiedTime")?.Trim()));
            var deleted = bucket.Delete(new Deletion(key, version, condition, now, bypassesGovernance));
            return new Outcome(key, version, deleted, null);
        }
        catch (S3Exception e)
        {
            return new Outcome(key, version, null, access.Shown(e));
        }
    }

    private static void Write(System.Xml.XmlWriter xml, Outcome outcome)
    {
        xml.Element("Key", outcome.Key);
        xml.Element("VersionId", outcome.VersionId);
        if (outcome.Deleted is { IsDeleteMarker: true } deleted)
        {
            xml.Element("DeleteMarker", true);
            xml.Element("DeleteMarkerVersionId", deleted.VersionId);
        }

        xml.Element("Code", outcome.Error?.Code);
        xml.Element("Message", outcome.Error?.Message);
    }

    /// <summary>What became of one object of a list: either of the last two is null.</summary>
    internal sealed record Outcome(string Key, string? VersionId, Deleted? Deleted, S3Exception? Error);
}
