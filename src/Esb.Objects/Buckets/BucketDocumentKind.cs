using Esb.Objects.Access;
using Esb.Objects.Buckets.Cors;
using Esb.Objects.Errors;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Buckets;

/// <summary>
/// A bucket configuration that the store keeps for its owner, together with S3's own answer when the bucket has none.
/// The store acts on CORS rules, policies and public access blocks.
/// </summary>
/// <param name="Name">The sub-resource, such as <c>lifecycle</c>; also the file name.</param>
/// <param name="Root">The root element of the XML; null for JSON.</param>
/// <param name="AbsentCode">The error code of the 404 answer.</param>
/// <param name="AbsentMessage">The message of the 404 answer.</param>
internal sealed record BucketDocumentKind(string Name, string? Root, string AbsentCode, string AbsentMessage)
{
    public static readonly IReadOnlyList<BucketDocumentKind> All =
    [
        new(
            "lifecycle",
            "LifecycleConfiguration",
            "NoSuchLifecycleConfiguration",
            "The lifecycle configuration does not exist"),
        new(
            CorsAnswers.Document,
            CorsConfiguration.Root,
            "NoSuchCORSConfiguration",
            "The CORS configuration does not exist"),
        new(BucketPolicy.Document, null, "NoSuchBucketPolicy", "The bucket policy does not exist"),
        new("tagging", "Tagging", "NoSuchTagSet", "The TagSet does not exist"),
        new(
            "encryption",
            "ServerSideEncryptionConfiguration",
            "ServerSideEncryptionConfigurationNotFoundError",
            "The server side encryption configuration was not found"),
        new(
            PublicAccessBlock.Document,
            PublicAccessBlock.Root,
            "NoSuchPublicAccessBlockConfiguration",
            "The public access block configuration was not found"),
        new(
            "ownershipControls",
            "OwnershipControls",
            "OwnershipControlsNotFoundError",
            "The bucket ownership controls were not found"),
    ];

    public string ContentType => Root is null ? "application/json" : "application/xml";

    /// <summary>The size limit that AWS documents, where it documents one.</summary>
    public int LargestDocument => Name switch
    {
        BucketPolicy.Document => 20 * 1024,
        CorsAnswers.Document => 64 * 1024,
        _ => 1024 * 1024,
    };

    // PutBucketPolicy and PutBucketTagging answer 204, the others 200.
    public int StatusOfPut => Name is BucketPolicy.Document or "tagging" ? 204 : 200;

    public S3Exception Absent(string bucket) =>
        new(404, AbsentCode, AbsentMessage) { Details = [new("BucketName", bucket)] };

    /// <summary>Checks a document before it is stored.</summary>
    /// <exception cref="S3Exception">
    /// MalformedXML or MalformedPolicy, or AccessDenied for a policy that the public access block refuses.
    /// </exception>
    public void Verify(ReadOnlyMemory<byte> document, Bucket bucket)
    {
        switch (Name)
        {
            case CorsAnswers.Document:
                CorsConfiguration.Parse(document);
                break;
            case BucketPolicy.Document:
                if (BucketPolicy.Parse(document, bucket.Name).IsPublic && PublicAccessBlock.Of(bucket).BlocksPolicies)
                    throw AccessErrors.AccessDenied();
                break;
            case PublicAccessBlock.Document:
                PublicAccessBlock.Parse(document);
                break;
            default:
                XmlElement.Parse(document, Root!);
                break;
        }
    }
}
