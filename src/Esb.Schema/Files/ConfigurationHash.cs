using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Esb.Schema.Files;

/// <summary>What a gateway serves, in eight hex digits: a deploy knows by it that its files have arrived.</summary>
public static class ConfigurationHash
{
    /// <summary>The hash of the two files that a gateway reads; a file that is not there counts as empty.</summary>
    public static string Of(ReadOnlySpan<byte> functionsYml, ReadOnlySpan<byte> routingYml)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, functionsYml.Length);
        hash.AppendData(length);
        hash.AppendData(functionsYml);
        hash.AppendData(routingYml);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 4));
    }
}
