using System.Text.Json;
using Esb.Objects.Buckets.Cors;
using Esb.Objects.Errors;
using Esb.Objects.Xml;

namespace Esb.Objects.Buckets;

/// <summary>
/// A bucket configuration that the store keeps for its owner but, except for CORS, does not act on, together with S3's
/// own answer when the bucket has none.
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
        new("policy", null, "NoSuchBucketPolicy", "The bucket policy does not exist"),
        new("tagging", "Tagging", "NoSuchTagSet", "The TagSet does not exist"),
        new(
            "encryption",
            "ServerSideEncryptionConfiguration",
            "ServerSideEncryptionConfigurationNotFoundError",
            "The server side encryption configuration was not found"),
        new(
            "publicAccessBlock",
            "PublicAccessBlockConfiguration",
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
        "policy" => 20 * 1024,
        CorsAnswers.Document => 64 * 1024,
        _ => 1024 * 1024,
    };

    // PutBucketPolicy and PutBucketTagging answer 204, the others 200.
    public int StatusOfPut => Name is "policy" or "tagging" ? 204 : 200;

    public S3Exception Absent(string bucket) =>
        new(404, AbsentCode, AbsentMessage) { Details = [new("BucketName", bucket)] };

    /// <exception cref="S3Exception">MalformedXML or MalformedPolicy.</exception>
    public void Verify(ReadOnlyMemory<byte> document)
    {
        if (Name == CorsAnswers.Document)
        {
            CorsConfiguration.Parse(document);
            return;
        }

        if (Root is not null)
        {
            XmlElement.Parse(document, Root);
            return;
        }

        try
        {
            using var parsed = JsonDocument.Parse(document);
            if (parsed.RootElement.ValueKind != JsonValueKind.Object)
                throw BodyErrors.MalformedPolicy("it is not an object");
        }
        catch (JsonException e)
        {
            throw BodyErrors.MalformedPolicy(e.Message);
        }
    }
}
