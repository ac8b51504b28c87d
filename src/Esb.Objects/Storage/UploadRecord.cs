using Esb.Objects.Checksums;
using Esb.Objects.Locking;

namespace Esb.Objects.Storage;

/// <summary>A multipart upload in progress: the description of the future object, in <c>upload.json</c>.</summary>
internal sealed record UploadRecord
{
    public required string UploadId { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset Initiated { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required IReadOnlyDictionary<string, string> UserMetadata { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>
    /// The checksum algorithm of the finished object, such as <c>CRC32</c>; null when none was requested.
    /// </summary>
    public string? ChecksumAlgorithm { get; init; }

    /// <summary>
    /// <see cref="Checksum.FullObject"/> or <see cref="Checksum.Composite"/>; null when <see cref="ChecksumAlgorithm"/>
    /// is null.
    /// </summary>
    public string? ChecksumType { get; init; }

    /// <summary>How object lock protects the finished object, if the request said so.</summary>
    public Protection? Protection { get; init; }
}
