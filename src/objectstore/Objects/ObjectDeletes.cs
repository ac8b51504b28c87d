using System.Text;
using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Payloads;
using Esb.ObjectStore.Requests;
using Esb.ObjectStore.Storage;
using Esb.ObjectStore.Xml;

namespace Esb.ObjectStore.Objects;

/// <summary>DeleteObject and DeleteObjects. Deleting an object that does not exist succeeds, as on S3.</summary>
internal sealed class ObjectDeletes(BucketCatalog catalog)
{
    private const string Action = "s3:DeleteObject";
    private const int MostKeys = 1000;

    private static readonly string[] Unsupported = ["Size", "LastModifiedTime"];

    private const int LargestDocument = 4 * 1024 * 1024;

    public Task DeleteAsync(S3Request request, CancellationToken cancellation)
    {
        WriteCondition.RefuseUnsupported(request);
        if (request.Headers.IfNoneMatch.Count > 0)
            throw S3Errors.NotImplemented("If-None-Match on a delete");
        var condition = request.Header("If-Match") is { } over ? new WriteCondition(false, over) : WriteCondition.None;
        catalog.Require(request.Bucket).Delete(request.Key, condition);
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
        var outcomes = DeleteAll(bucket, objects, key => request.VerifyAccess(bucket.Name, key, Action), cancellation);

        var answer = S3Document.Write("DeleteResult", xml =>
        {
            foreach (var (key, error) in outcomes)
            {
                if (error is null && quiet)
                    continue;
                xml.Nest(error is null ? "Deleted" : "Error", () =>
                {
                    xml.Element("Key", key);
                    xml.Element("Code", error?.Code);
                    xml.Element("Message", error?.Message);
                });
            }
        });
        await request.AnswerXmlAsync(answer, cancellation);
    }

    // When the client has disconnected, nobody knows which deletes of its request are done. Another client may already
    // have created new objects, which must not be deleted on behalf of the first client.
    internal static List<(string Key, S3Exception? Error)> DeleteAll(
        Bucket bucket,
        IEnumerable<XmlElement> objects,
        Action<string> verify,
        CancellationToken cancellation)
    {
        List<(string, S3Exception?)> outcomes = [];
        foreach (var listed in objects)
        {
            cancellation.ThrowIfCancellationRequested();
            outcomes.Add(Delete(bucket, listed, verify));
        }

        return outcomes;
    }

    private static (string Key, S3Exception? Error) Delete(
        Bucket bucket, XmlElement listed, Action<string> verify)
    {
        var key = listed.Value("Key") ?? throw BodyErrors.MalformedXml("an Object has no Key");
        try
        {
            if (listed.Value("VersionId") is { Length: > 0 } version and not "null")
                throw S3Errors.NoSuchVersion(version);
            if (Encoding.UTF8.GetByteCount(key) > S3Request.MaxKeyBytes)
                throw S3Errors.KeyTooLong();
            if (Unsupported.FirstOrDefault(condition => listed.Value(condition) is not null) is { } condition)
                throw S3Errors.NotImplemented($"The condition {condition}");
            verify(key);
            bucket.Delete(
                key, listed.Value("ETag") is { } etag ? new WriteCondition(false, etag) : WriteCondition.None);
            return (key, null);
        }
        catch (S3Exception e)
        {
            return (key, e);
        }
    }
}
