using System.Text.Json.Serialization;
using Esb.Objects.Checksums;
using Esb.Objects.Locking;
using Esb.Objects.Requests;

namespace Esb.Objects.Storage;

/// <summary>
/// Everything that is known about an object (or a part of a multipart upload) besides its content, stored after the
/// content in the same file.
/// </summary>
internal sealed record ObjectMetadata
{
    public required string Key { get; init; }

    /// <summary>The size of the content in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>
    /// The ETag without quotes: the MD5 in hexadecimal or, for a multipart object, the MD5 of the parts' MD5s, a dash
    /// and the number of parts.
    /// </summary>
    public required string ETag { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    /// <summary>
    /// An id that distinguishes this write of the key from every other one; changing tags keeps the id.
    /// </summary>
    public Guid Version { get; init; } = Guid.NewGuid();

    /// <summary>The id of this version; null for the null version, and so in a bucket without versioning.</summary>
    [JsonPropertyName("VersionId")]
    public string? GivenId { get; init; }

    [JsonIgnore]
    public string Id => GivenId ?? VersionId.Null;

    /// <summary>
    /// The place among the versions of the key: the newest has the greatest. What was written before the bucket had
    /// versioning has 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Place { get; init; }

    /// <summary>Whether this is the version that a delete has added, which has no content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDeleteMarker { get; init; }

    /// <summary>How often tags and protection of this version were changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Changes { get; init; }

    /// <summary>Null when object lock does not protect this version and never did.</summary>
    public Protection? Protection { get; init; }

    /// <summary>Content-Type and similar headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>User metadata, by the complete header name: <c>x-amz-meta-…</c>.</summary>
    public IReadOnlyDictionary<string, string> UserMetadata { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public Checksum? Checksum { get; init; }

    /// <summary>
    /// The multipart upload that created the object, so that a client that missed the answer can repeat the completion.
    /// </summary>
    public string? UploadId { get; init; }

    /// <summary>The size of each part of a multipart object, so that <c>partNumber</c> can be served.</summary>
    public IReadOnlyList<long>? PartSizes { get; init; }
}

/// <summary>Source-generated serialisation of the records in files.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectMetadata))]
[JsonSerializable(typeof(BucketRecord))]
[JsonSerializable(typeof(UploadRecord))]
internal sealed partial class StoredRecords : JsonSerializerContext;
