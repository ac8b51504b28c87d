using Esb.Objects.Access;
using Esb.Objects.Buckets;
using Esb.Objects.Errors;
using Esb.Objects.Listing;
using Esb.Objects.Locking;
using Esb.Objects.Multipart;
using Esb.Objects.Objects;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Serving;

/// <summary>All operations of the server, by level, method and sub-resource (empty for none).</summary>
internal sealed class OperationTable
{
    private const string Copy = SubResource.Copy;

    private readonly Dictionary<(Level Level, string Method, string SubResource), Operation> _operations = [];

    public OperationTable(BucketCatalog catalog, AccessCheck access, TimeProvider clock)
    {
        AddBuckets(catalog, access, clock);
        AddObjects(catalog, clock);
        AddMultipart(catalog, clock);
    }

    /// <summary>The operations by level, method and sub-resource; a copy has its own.</summary>
    public IEnumerable<(Level Level, string Method, string SubResource)> Keys => _operations.Keys;

    /// <exception cref="S3Exception">
    /// NotImplemented for operations that only S3 has, otherwise MethodNotAllowed.
    /// </exception>
    public Operation Find(S3Request request)
    {
        // A part upload without an upload id would replace the whole object.
        if (request.Query.Has("partNumber")
            && !request.Query.Has("uploadId")
            && request.Method is not ("GET" or "HEAD"))
            throw S3Errors.InvalidArgument(
                "partNumber",
                request.Query["partNumber"]!,
                "This operation does not accept a part number without an upload ID.");
        var level = request.Target.Level;
        var subResource = SubResource.OfOperation(request.Target, request.Method, request.Headers);
        VersionRules.Verify(request, level == Level.Object, subResource);
        if (_operations.TryGetValue((level, request.Method, subResource), out var operation))
            return operation;
        throw subResource.Length > 0
            ? S3Errors.NotImplemented($"{request.Method} of '{subResource}'")
            : S3Errors.MethodNotAllowed(request.Method);
    }

    private void AddBuckets(BucketCatalog catalog, AccessCheck access, TimeProvider clock)
    {
        var buckets = new BucketOperations(catalog, clock);
        Add(Level.Service, "GET", "", buckets.ListAsync);
        Add(Level.Bucket, "PUT", "", buckets.CreateAsync);
        Add(Level.Bucket, "HEAD", "", buckets.HeadAsync);
        Add(Level.Bucket, "DELETE", "", buckets.DeleteAsync);
        Add(Level.Bucket, "GET", "location", buckets.GetLocationAsync);

        Add(Level.Bucket, "GET", "policyStatus", new PolicyStatus(catalog, access).GetAsync);

        var listing = new ListingOperations(catalog);
        Add(Level.Bucket, "GET", "", listing.Version1Async);
        Add(Level.Bucket, "GET", "list-type", listing.Version2Async);
        Add(Level.Bucket, "GET", "versions", new VersionListings(catalog).ListAsync);

        var versioning = new VersioningOperations(catalog);
        Add(Level.Bucket, "GET", "versioning", versioning.GetAsync);
        Add(Level.Bucket, "PUT", "versioning", versioning.PutAsync);

        var locks = new ObjectLockOperations(catalog);
        Add(Level.Bucket, "GET", BucketLock.Document, locks.GetAsync);
        Add(Level.Bucket, "PUT", BucketLock.Document, locks.PutAsync);

        foreach (var kind in BucketDocumentKind.All)
        {
            var documents = new BucketDocumentOperations(catalog, kind);
            Add(Level.Bucket, "GET", kind.Name, documents.GetAsync);
            Add(Level.Bucket, "PUT", kind.Name, documents.PutAsync);
            Add(Level.Bucket, "DELETE", kind.Name, documents.DeleteAsync);
        }
    }

    private void AddObjects(BucketCatalog catalog, TimeProvider clock)
    {
        var reads = new ObjectReads(catalog);
        Add(Level.Object, "GET", "", reads.ReadAsync);
        Add(Level.Object, "HEAD", "", reads.ReadAsync);
        Add(Level.Object, "PUT", "", new ObjectWrites(catalog, clock).PutAsync);
        Add(Level.Object, "PUT", Copy, new ObjectCopies(catalog, clock).CopyAsync);

        var deletes = new ObjectDeletes(catalog, clock);
        Add(Level.Object, "DELETE", "", deletes.DeleteAsync);
        Add(Level.Bucket, "POST", "delete", deletes.DeleteManyAsync);

        var tags = new ObjectTags(catalog);
        Add(Level.Object, "GET", "tagging", tags.GetAsync);
        Add(Level.Object, "PUT", "tagging", tags.PutAsync);
        Add(Level.Object, "DELETE", "tagging", tags.DeleteAsync);

        var protection = new ObjectProtection(catalog, clock);
        Add(Level.Object, "GET", "retention", protection.GetRetentionAsync);
        Add(Level.Object, "PUT", "retention", protection.PutRetentionAsync);
        Add(Level.Object, "GET", "legal-hold", protection.GetHoldAsync);
        Add(Level.Object, "PUT", "legal-hold", protection.PutHoldAsync);
    }

    private void AddMultipart(BucketCatalog catalog, TimeProvider clock)
    {
        var uploads = new UploadOperations(catalog, clock);
        Add(Level.Object, "POST", "uploads", uploads.CreateAsync);
        Add(Level.Object, "DELETE", "uploadId", uploads.AbortAsync);
        Add(Level.Object, "POST", "uploadId", new CompleteOperation(catalog, clock).RunAsync);

        var parts = new PartOperations(catalog, clock);
        Add(Level.Object, "PUT", "uploadId", parts.UploadAsync);
        Add(Level.Object, "PUT", "uploadId" + Copy, parts.CopyAsync);

        var listings = new UploadListings(catalog);
        Add(Level.Object, "GET", "uploadId", listings.ListPartsAsync);
        Add(Level.Bucket, "GET", "uploads", listings.ListUploadsAsync);
    }

    private void Add(Level level, string method, string subResource, Operation operation) =>
        _operations.Add((level, method, subResource), operation);
}
