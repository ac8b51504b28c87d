using Esb.Host.Files;
using Esb.Host.Settings;

namespace Esb.Cli.Platform;

/// <summary>The gateway's log of requests. A gateway that cannot write to it serves without it.</summary>
internal static class AccessLogFile
{
    /// <summary>The setting that names it.</summary>
    public const string Setting = "ACCESS_LOG";

    private const string OwnLog = "-";

    /// <returns>Null when the gateway can write to it.</returns>
    public static SettingException? Objection(string? value)
    {
        if (value is null or "" or OwnLog)
            return null;
        // The programs of the platform run in the root folder.
        var file = Path.GetFullPath(value, "/");
        var canBeWritten = File.Exists(file)
            ? Access.IsWritable(file)
            : !Path.Exists(file) && Access.IsWritable(Path.GetDirectoryName(file) ?? "/");
        return canBeWritten
            ? null
            : new SettingException(Setting, value, "a file that can be written, by its absolute path, or '-'");
    }
}
