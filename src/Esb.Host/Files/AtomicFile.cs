namespace Esb.Host.Files;

/// <summary>Replaces one file so that every reader, and a machine that loses power, sees either the old content or the new one, whole.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file in the same folder, flushes it, renames it over the target and flushes the folder. Owner and mode of
    /// an existing file are kept; a symbolic link is followed, so that the link stays.
    /// </summary>
    /// <exception cref="IOException">The disk is full or failing; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; the old file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var replacement = FileReplacement.Prepare(path, content);
        replacement.Commit();
    }
}
