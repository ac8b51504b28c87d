using System.Globalization;

namespace Esb.Cli.Processes;

/// <summary>
/// The process that listens on a port. Source: proc(5), /proc/net/tcp and the socket links below /proc/pid/fd.
/// </summary>
/// <param name="Pid">The process.</param>
/// <param name="Name">The name of its program.</param>
internal sealed record PortOwner(int Pid, string Name)
{
    private const string Listening = "0A";

    /// <summary>The text for messages, such as <c>pid 4711 (node)</c>.</summary>
    public override string ToString() => $"pid {Pid} ({Name})";

    /// <summary>Null when it belongs to another user or cannot be found.</summary>
    public static PortOwner? Find(int port)
    {
        var sockets = SocketsListening(port).Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
        if (sockets.Count == 0)
            return null;
        var folder = Directory.EnumerateDirectories("/proc")
            .FirstOrDefault(f => char.IsAsciiDigit(Path.GetFileName(f)[0]) && Holds(f, sockets));
        return folder is null
            ? null
            : new PortOwner(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), NameOf(folder));
    }

    // "  0: 0100007F:1F90 00000000:0000 0A …": local address in field 1, state in 3, inode in 9; the port is in
    // hexadecimal.
    internal static IEnumerable<string> SocketsIn(IEnumerable<string> lines, int port)
    {
        var suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return
            from line in lines
            let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal)
            select fields[9];
    }

    private static IEnumerable<string> SocketsListening(int port) =>
        new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists)
            .SelectMany(file => SocketsIn(File.ReadLines(file), port));

    private static bool Holds(string processFolder, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(processFolder, "fd"))
                .Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string NameOf(string processFolder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(processFolder, "comm")).Trim();
        }
        catch (IOException)
        {
            return "ended meanwhile";
        }
    }
}
