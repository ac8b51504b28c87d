using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Esb.Schema.Files;

/// <summary>The one line in a lock file: <c>4711 2026-07-01T12:00:00.0000000Z esb deploy -t orders.yml</c>.</summary>
internal static class LockSignature
{
    private const int MaxLength = 512;

    public static void Write(SafeFileHandle file, string purpose)
    {
        var line = $"{Environment.ProcessId} {DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} "
            + $"{purpose.ReplaceLineEndings(" ")}";
        var bytes = Encoding.UTF8.GetBytes((line.Length < MaxLength / 4 ? line : line[..(MaxLength / 4)]) + "\n");
        // The old line is overwritten first and then cut, so that a reader sees one line or the other.
        RandomAccess.Write(file, bytes, 0);
        RandomAccess.SetLength(file, bytes.Length);
    }

    /// <returns>Null when no process has signed.</returns>
    public static LockHolder? Read(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var read = RandomAccess.Read(file, bytes, 0);
        var line = Encoding.UTF8.GetString(bytes[..read]).Split('\n', 2)[0];
        return line.Split(' ', 3) is [var pid, var since, var purpose]
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && DateTimeOffset.TryParse(
                since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new LockHolder(process, time, purpose)
            : null;
    }
}
