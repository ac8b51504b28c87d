namespace Esb.Cli.Staging.Contents;

/// <summary>Copies a code tree: contents, executable bits and links.</summary>
internal static class TreeCopy
{
    public static bool Copy(CodeTree tree, string folder, CancellationToken cancellationToken)
    {
        string? made = null;
        foreach (var entry in tree.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(folder, entry.Path);
            var parent = Path.GetDirectoryName(target)!;
            if (parent != made)
                Directory.CreateDirectory(made = parent);
            if (entry.LinkTarget is not null)
                File.CreateSymbolicLink(target, entry.LinkTarget);
            else
                File.Copy(Path.Combine(tree.Root, entry.Path), target);
        }

        return true;
    }
}
