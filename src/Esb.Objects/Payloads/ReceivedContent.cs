using Esb.Objects.Checksums;

namespace Esb.Objects.Payloads;

/// <summary>What is known about content after all of it has been read.</summary>
internal sealed record ReceivedContent(long Size, byte[] Md5, string? Sha256, Checksum? Checksum)
{
    public string ETag => Convert.ToHexStringLower(Md5);
}
