using Esb.Objects.Errors;

namespace Esb.Objects.Checksums;

/// <summary>
/// The checksums that S3 supports besides the ETag. Each has the spellings of "Checking object integrity in Amazon S3":
/// a name in headers and requests (<c>CRC32C</c>), a header name, and an XML element.
/// </summary>
internal sealed record ChecksumAlgorithm(string Name, int Length, bool CoversWholeMultipart)
{
    public static readonly ChecksumAlgorithm Crc32 = new("CRC32", 4, CoversWholeMultipart: true);
    public static readonly ChecksumAlgorithm Crc32C = new("CRC32C", 4, CoversWholeMultipart: true);
    public static readonly ChecksumAlgorithm Crc64Nvme = new("CRC64NVME", 8, CoversWholeMultipart: true);
    public static readonly ChecksumAlgorithm Sha1 = new("SHA1", 20, CoversWholeMultipart: false);
    public static readonly ChecksumAlgorithm Sha256 = new("SHA256", 32, CoversWholeMultipart: false);

    public static readonly IReadOnlyList<ChecksumAlgorithm> All = [Crc32, Crc32C, Crc64Nvme, Sha1, Sha256];

    public string Header { get; } = $"x-amz-checksum-{Name.ToLowerInvariant()}";

    public string Element { get; } = $"Checksum{Name}";

    /// <summary>The checksum of zero bytes.</summary>
    public string OfNothing
    {
        get
        {
            using var empty = RunningChecksum.Start(this);
            return Convert.ToBase64String(empty.Finish());
        }
    }

    public static ChecksumAlgorithm? ByHeader(string header) =>
        All.FirstOrDefault(a => a.Header.Equals(header, StringComparison.OrdinalIgnoreCase));

    public static ChecksumAlgorithm Named(string argument, string name) =>
        All.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw S3Errors.InvalidArgument(argument, name, $"Checksum algorithm provided is unsupported: {name}");
}
