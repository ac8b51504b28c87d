namespace Esb.Dynalite.LevelDb;

/// <summary>A sorted table in the list of files.</summary>
/// <param name="Number">The number in its name.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Smallest">The first key.</param>
/// <param name="Largest">The last key.</param>
internal sealed record TableFileInfo(ulong Number, long Size, byte[] Smallest, byte[] Largest)
{
    /// <summary>Whether the file can contain keys that begin with a prefix.</summary>
    public bool MayContain(byte[] prefix) =>
        Largest.AsSpan().SequenceCompareTo(prefix) >= 0
        && (Smallest.AsSpan().StartsWith(prefix) || Smallest.AsSpan().SequenceCompareTo(prefix) < 0);
}
