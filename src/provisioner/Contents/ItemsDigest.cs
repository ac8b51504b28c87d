using System.Security.Cryptography;

namespace Esb.Provisioner.Contents;

/// <summary>A digest of a table's items that does not depend on their order.</summary>
internal sealed class ItemsDigest
{
    private readonly byte[] _combined = new byte[SHA256.HashSizeInBytes];
    private int _count;

    /// <summary>Adds the items of a page.</summary>
    /// <param name="lines">Items in the format of <see cref="ItemJson"/>, one per line.</param>
    /// <returns>The number of items in the page.</returns>
    public int Add(ReadOnlySpan<byte> lines)
    {
        var added = 0;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var line in lines.Split((byte)'\n'))
        {
            if (lines[line].IsEmpty)
                continue;
            SHA256.HashData(lines[line], hash);
            for (var i = 0; i < hash.Length; i++)
                _combined[i] ^= hash[i];
            added++;
        }

        _count += added;
        return added;
    }

    public bool Matches(ItemsDigest other) =>
        _count == other._count && _combined.AsSpan().SequenceEqual(other._combined);
}
