using System.Text.Json.Serialization;
using Esb.ObjectStore.Checksums;

namespace Esb.ObjectStore.Storage;

/// <summary>
/// All that is known about an object (or a part of a multipart upload) beside its content, stored behind the content in one file.
/// </summary>
internal sealed record ObjectMetadata
{
    public required string Key { get; init; }

    /// <summary>Bytes of content.</summary>
    public required long Size { get; init; }

    /// <summary>Without quotes: the MD5 in hex, or for multipart objects the MD5 of the parts' MD5s, a dash and their number.</summary>
    public required string ETag { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Tells this write of the key from every other; changing tags does not change it.</summary>
    public Guid Version { get; init; } = Guid.NewGuid();

    /// <summary>Content-Type and its like, by their header names.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>User metadata, by the whole name of the header: <c>x-amz-meta-…</c>.</summary>
    public IReadOnlyDictionary<string, string> UserMetadata { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public Checksum? Checksum { get; init; }

    /// <summary>The multipart upload that it was made by, so that whoever missed the answer may complete it once more.</summary>
    public string? UploadId { get; init; }

    /// <summary>Bytes of each part of a multipart object, so that <c>partNumber</c> can be read back.</summary>
    public IReadOnlyList<long>? PartSizes { get; init; }
}

/// <summary>Serialisation without reflection of the records that stand in files.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ObjectMetadata))]
[JsonSerializable(typeof(BucketRecord))]
[JsonSerializable(typeof(UploadRecord))]
internal sealed partial class StoredRecords : JsonSerializerContext;
