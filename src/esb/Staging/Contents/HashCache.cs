using System.Globalization;
using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Remembers the content hash of a tree with its inodes, sizes and times, so that a deploy without changes reads no
/// code. As in git's index, very recent times prove nothing, since a file can change again within the same tick of the
/// clock.
/// </summary>
internal sealed class HashCache(string folder, TimeProvider time)
{
    /// <summary>Whether hashes are only read and none is saved, for a dry run.</summary>
    public bool IsReadOnly { get; init; }

    private static readonly TimeSpan TooYoung = TimeSpan.FromSeconds(1);

    public string HashOf(CodeTree tree, CancellationToken cancellationToken)
    {
        var stamp = Stamp(tree);
        var file = Path.Combine(folder, ContentHash.Of(tree.Root)[..32]);
        if (Remembered(file, stamp) is { } known)
            return known;
        var settled = !IsReadOnly && IsSettled(tree);
        var hash = ContentHash.Of(tree, cancellationToken);
        if (settled)
            Remember(file, stamp, hash);
        return hash;
    }

    private static string Stamp(CodeTree tree)
    {
        var text = new StringBuilder();
        foreach (var (path, facts, target) in tree.Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{path}\0{target}\0{facts.Mode} {facts.Inode} {facts.Size} "
                + $"{facts.Modified.TotalNanoseconds} {facts.Changed.TotalNanoseconds}\n");
        }

        return ContentHash.Of(text.ToString());
    }

    private bool IsSettled(CodeTree tree)
    {
        var border = (time.GetUtcNow() - TooYoung).ToUnixTimeMilliseconds() * 1_000_000;
        return tree.Entries.All(e => e.Facts.Changed.TotalNanoseconds < border
            && e.Facts.Modified.TotalNanoseconds < border);
    }

    // One line: the hash of the tree's metadata, and the content hash. A file in any other form is ignored.
    private static string? Remembered(string file, string stamp)
    {
        try
        {
            var parts = OrdinaryFile.ReadText(file).Split(' ');
            return parts is [var known, { Length: 64 } hash] && known == stamp ? hash : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Remember(string file, string stamp, string hash)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var temporary = $"{file}.{Guid.NewGuid():N}";
            File.WriteAllText(temporary, $"{stamp} {hash}");
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written only makes the next deploy slower.
        }
    }
}
