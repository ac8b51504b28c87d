using System.IO.Hashing;
using System.Security.Cryptography;

namespace Esb.Objects.Checksums;

/// <summary>
/// A checksum that is computed incrementally. It can be finished only once, and is then in big-endian form, as S3
/// writes it.
/// </summary>
internal sealed class RunningChecksum : IDisposable
{
    private readonly NonCryptographicHashAlgorithm? _cyclic;
    private readonly IncrementalHash? _digest;

    private RunningChecksum(NonCryptographicHashAlgorithm cyclic) => _cyclic = cyclic;

    private RunningChecksum(IncrementalHash digest) => _digest = digest;

    public static RunningChecksum Start(ChecksumAlgorithm algorithm) => algorithm.Name switch
    {
        "CRC32" => new(new Crc32()),
        "CRC32C" => new(new Crc32(Crc32ParameterSet.Crc32C)),
        "CRC64NVME" => new(new Crc64(Crc64ParameterSet.Nvme)),
        "SHA1" => new(IncrementalHash.CreateHash(HashAlgorithmName.SHA1)),
        _ => new(IncrementalHash.CreateHash(HashAlgorithmName.SHA256)),
    };

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _cyclic?.Append(bytes);
        _digest?.AppendData(bytes);
    }

    public byte[] Finish()
    {
        if (_digest is not null)
            return _digest.GetHashAndReset();
        // The reflected parameter sets produce their bytes least significant first.
        var value = _cyclic!.GetHashAndReset();
        Array.Reverse(value);
        return value;
    }

    public void Dispose() => _digest?.Dispose();
}
