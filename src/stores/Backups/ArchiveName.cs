namespace Esb.Stores.Backups;

/// <summary>The names of files in an archive, which become paths below a folder.</summary>
internal static class ArchiveName
{
    private const int MaxLength = 512;

    // objects/buckets/BUCKET/versions/KEY/VERSION
    private const int MaxParts = 6;

    /// <summary>Whether a name is that of a file which a backup can have.</summary>
    public static bool IsKnown(string name) =>
        name == BackupFolders.Tables
        || (name.Length <= MaxLength
            && name.StartsWith(BackupFolders.Buckets + "/", StringComparison.Ordinal)
            && name.Split('/') is { Length: >= 4 and <= MaxParts } parts
            && parts.All(IsPart));

    private static bool IsPart(string part) =>
        part.Length > 0
        && part.Any(c => c != '.')
        && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
