using System.Runtime.InteropServices;
using Esb.Host.Settings;

namespace Esb.Cli.Platform;

/// <summary>The gateway's log of requests. A gateway that cannot write to it serves without it.</summary>
internal static partial class AccessLogFile
{
    /// <summary>The setting that names it.</summary>
    public const string Setting = "ACCESS_LOG";

    private const string OwnLog = "-";
    private const int WriteAccess = 2;

    /// <returns>Null when the gateway can write to it.</returns>
    public static SettingException? Objection(string? value)
    {
        if (value is null or "" or OwnLog)
            return null;
        // The programs of the platform run in the root folder.
        var file = Path.GetFullPath(value, "/");
        var canBeWritten = File.Exists(file)
            ? Access(file, WriteAccess) == 0
            : !Path.Exists(file) && Access(Path.GetDirectoryName(file) ?? "/", WriteAccess) == 0;
        return canBeWritten
            ? null
            : new SettingException(Setting, value, "a file that can be written, by its absolute path, or '-'");
    }

    // Source: access(2).
    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
