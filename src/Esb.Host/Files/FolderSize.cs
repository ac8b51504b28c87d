namespace Esb.Host.Files;

/// <summary>The size of a folder. Files that are not accessible, or are removed meanwhile, do not count.</summary>
public static class FolderSize
{
    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>The bytes of all files in it, without links; 0 when there is no such folder.</summary>
    public static long Of(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", All)
            .Sum(file => Statx.OfLink(file) is { IsFile: true, Size: var size } ? size : 0)
        : 0;
}
