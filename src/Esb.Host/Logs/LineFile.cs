namespace Esb.Host.Logs;

/// <summary>A file of whole lines that never exceeds its limits. One writer at a time.</summary>
public static class LineFile
{
    /// <summary>
    /// Appends lines in their order, in a new file when the old one is full. No line is split between two files.
    /// </summary>
    /// <param name="path">The log; created if it does not exist, readable only by its owner.</param>
    /// <param name="lines">Whole lines, each with its end.</param>
    /// <param name="bounds">How much is kept.</param>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not write to the folder.</exception>
    public static void Append(string path, ReadOnlySpan<byte> lines, LogBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        while (!lines.IsEmpty)
        {
            var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
            var room = bounds.MaxBytes - length;
            if (length > 0 && WholeLines.Within(lines, room) == 0)
            {
                LogRotation.Rotate(path, bounds);
                continue;
            }

            // A line that is larger than a file has a file of its own.
            var count = WholeLines.WithinOrFirst(lines, room);
            using var target = Open(path);
            target.Write(lines[..count]);
            lines = lines[count..];
        }
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
