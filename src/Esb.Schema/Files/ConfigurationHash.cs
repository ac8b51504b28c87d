using System.Buffers.Binary;
using System.IO.Hashing;

namespace Esb.Schema.Files;

/// <summary>
/// A hash of what a gateway serves, in eight hex digits, by which a deploy recognises that its files have arrived.
/// </summary>
public static class ConfigurationHash
{
    /// <summary>The hash of the two files that a gateway reads; a missing file counts as empty.</summary>
    public static string Of(ReadOnlySpan<byte> functionsYml, ReadOnlySpan<byte> routingYml)
    {
        // This is not a cryptographic hash, because .NET takes those from OpenSSL, and the gateway would load 4 MiB for
        // this purpose alone.
        var hash = new XxHash128();
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, functionsYml.Length);
        hash.Append(length);
        hash.Append(functionsYml);
        hash.Append(routingYml);
        return Convert.ToHexStringLower(hash.GetCurrentHash().AsSpan(0, 4));
    }
}
