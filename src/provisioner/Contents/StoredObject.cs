using System.Text.Json.Serialization;
using Amazon.S3.Model;

namespace Esb.Provisioner.Contents;

/// <summary>The metadata of one version of an object in a snapshot.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>The size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Whether the version is a delete marker, which hides the versions before it.</summary>
    public bool Deleted { get; init; }

    /// <summary>The version that was saved; null when the object had no versions. It is not restored.</summary>
    public string? VersionId { get; init; }

    /// <summary>The ETag of the bytes that were saved, without quotes; null for a delete marker.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentDisposition { get; init; }

    public string? ContentLanguage { get; init; }

    public string? CacheControl { get; init; }

    /// <summary>The <c>Expires</c> header as it was stored; it need not be a date.</summary>
    public string? Expires { get; init; }

    public string? WebsiteRedirectLocation { get; init; }

    /// <summary>The object's tags; null when it has none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The user's own metadata; the names are without <c>x-amz-meta-</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public static StoredObject OfMarker(S3ObjectVersion version) =>
        new() { Key = version.Key, Deleted = true, VersionId = SavedVersion.Of(version).VersionId };

    /// <param name="version">The version as it was listed.</param>
    /// <param name="answer">The version as it was read.</param>
    /// <param name="tags">Its tags; null when it has none.</param>
    public static StoredObject Of(
        S3ObjectVersion version, GetObjectResponse answer, IReadOnlyDictionary<string, string>? tags) => new()
        {
            Key = version.Key,
            Size = answer.ContentLength,
            VersionId = SavedVersion.Of(version).VersionId,
            ETag = SavedVersion.Unquoted(answer.ETag),
            ContentType = answer.Headers.ContentType,
            ContentEncoding = answer.Headers.ContentEncoding,
            ContentDisposition = answer.Headers.ContentDisposition,
            ContentLanguage = answer.Headers.ContentLanguage,
            CacheControl = answer.Headers.CacheControl,
            Expires = answer.ExpiresString,
            WebsiteRedirectLocation = answer.WebsiteRedirectLocation,
            Tags = tags,
            Metadata = answer.Metadata.Keys.ToDictionary(
                k => k.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase) ? k["x-amz-meta-".Length..] : k,
                k => answer.Metadata[k]),
        };
}

/// <summary>The last entry of a snapshot. A snapshot without it is incomplete.</summary>
/// <param name="Items">The number of items by table.</param>
/// <param name="Objects">The number of object versions by bucket.</param>
/// <param name="Digest">The SHA-256 of the names and bytes of all entries before this one, in hexadecimal.</param>
internal sealed record SnapshotEnd(
    IReadOnlyDictionary<string, int> Items,
    IReadOnlyDictionary<string, int> Objects,
    string Digest);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(SnapshotEnd))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
