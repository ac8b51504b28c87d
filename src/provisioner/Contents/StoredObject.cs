using System.Text.Json.Serialization;
using Amazon.S3.Model;

namespace Esb.Provisioner.Contents;

/// <summary>One version of an object beside its bytes, as a snapshot keeps it.</summary>
internal sealed record StoredObject
{
    public required string Key { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>A delete marker: the versions before it are hidden.</summary>
    public bool Deleted { get; init; }

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentDisposition { get; init; }

    public string? CacheControl { get; init; }

    /// <summary>The user's own, without <c>x-amz-meta-</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public static StoredObject Of(S3ObjectVersion version, GetObjectResponse answer) => new()
    {
        Key = version.Key,
        Size = answer.ContentLength,
        ContentType = answer.Headers.ContentType,
        ContentEncoding = answer.Headers.ContentEncoding,
        ContentDisposition = answer.Headers.ContentDisposition,
        CacheControl = answer.Headers.CacheControl,
        Metadata = answer.Metadata.Keys.ToDictionary(
            k => k.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase) ? k["x-amz-meta-".Length..] : k, k => answer.Metadata[k]),
    };
}

/// <summary>The last entry of a snapshot: without it the snapshot is not whole.</summary>
/// <param name="Items">By table, how many items.</param>
/// <param name="Objects">By bucket, how many versions of objects.</param>
/// <param name="Digest">SHA-256 of the names and bytes of all entries before it, in hexadecimal.</param>
internal sealed record SnapshotEnd(IReadOnlyDictionary<string, int> Items, IReadOnlyDictionary<string, int> Objects, string Digest);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredObject))]
[JsonSerializable(typeof(SnapshotEnd))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
