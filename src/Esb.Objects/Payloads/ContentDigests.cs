using System.Security.Cryptography;
using Esb.Objects.Checksums;

namespace Esb.Objects.Payloads;

/// <summary>
/// The digests that are computed while content is being copied: MD5 for the ETag, and the requested checksums.
/// </summary>
internal sealed class ContentDigests : IDisposable
{
    // S3 defines the ETag as MD5; it is not used for security.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash? _sha256;
    private readonly ChecksumAlgorithm? _algorithm;
    private readonly RunningChecksum? _checksum;
    private long _size;

    public ContentDigests(ChecksumAlgorithm? algorithm, bool withSha256 = false)
    {
        _algorithm = algorithm;
        _checksum = algorithm is null ? null : RunningChecksum.Start(algorithm);
        _sha256 = withSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _size += bytes.Length;
        _md5.AppendData(bytes);
        _sha256?.AppendData(bytes);
        _checksum?.Append(bytes);
    }

    public ReceivedContent Finish() => new(
        _size,
        _md5.GetHashAndReset(),
        _sha256 is null ? null : Convert.ToHexStringLower(_sha256.GetHashAndReset()),
        _checksum is null ? null : Checksum.Of(_algorithm!, _checksum.Finish()));

    public void Dispose()
    {
        _md5.Dispose();
        _sha256?.Dispose();
        _checksum?.Dispose();
    }
}
