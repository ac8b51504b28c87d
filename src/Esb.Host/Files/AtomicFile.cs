namespace Esb.Host.Files;

/// <summary>
/// Replaces a file so that every reader, even after a power failure, sees either the complete old content or the
/// complete new one.
/// </summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file in the same folder, flushes it, renames it over the target and flushes the folder. Owner
    /// and mode of an existing file are kept; a symbolic link is followed and kept.
    /// </summary>
    /// <exception cref="IOException">The disk is full or failing; the old file is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">
    /// This process may not write to the folder; the old file is unchanged.
    /// </exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var replacement = FileReplacement.Prepare(path, content);
        replacement.Commit();
    }
}
