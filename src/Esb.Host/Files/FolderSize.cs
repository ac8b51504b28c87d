namespace Esb.Host.Files;

/// <summary>How large a folder is. What cannot be looked at, or is removed meanwhile, counts nothing.</summary>
public static class FolderSize
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>The bytes of all files in it, links left out; 0 when there is no such folder.</summary>
    public static long Of(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", All).Sum(file => Statx.OfLink(file) is { IsFile: true, Size: var size } ? size : 0)
        : 0;
}
