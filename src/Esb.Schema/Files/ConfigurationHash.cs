using System.Buffers.Binary;
using System.IO.Hashing;

namespace Esb.Schema.Files;

/// <summary>What a gateway serves, in eight hex digits: a deploy knows by it that its files have arrived.</summary>
public static class ConfigurationHash
{
    /// <summary>The hash of the two files that a gateway reads; a file that is not there counts as empty.</summary>
    public static string Of(ReadOnlySpan<byte> functionsYml, ReadOnlySpan<byte> routingYml)
    {
        // Not a cryptographic one: those are OpenSSL's, and loading it costs a gateway 4 MiB that does nothing else with it.
        var hash = new XxHash128();
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, functionsYml.Length);
        hash.Append(length);
        hash.Append(functionsYml);
        hash.Append(routingYml);
        return Convert.ToHexStringLower(hash.GetCurrentHash().AsSpan(0, 4));
    }
}
