using Esb.ObjectStore.Checksums;

namespace Esb.ObjectStore.Storage;

/// <summary>A multipart upload that was begun: what the object is to be, in the upload's <c>upload.json</c>.</summary>
internal sealed record UploadRecord
{
    public required string UploadId { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset Initiated { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required IReadOnlyDictionary<string, string> UserMetadata { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The checksum of the finished object, as <c>CRC32</c>; null when none was asked for.</summary>
    public string? ChecksumAlgorithm { get; init; }

    /// <summary><see cref="Checksum.FullObject"/> or <see cref="Checksum.Composite"/>; null with <see cref="ChecksumAlgorithm"/>.</summary>
    public string? ChecksumType { get; init; }
}
