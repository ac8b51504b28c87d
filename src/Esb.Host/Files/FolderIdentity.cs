using System.Globalization;

namespace Esb.Host.Files;

/// <summary>
/// How two processes recognise that they refer to the same folder, although each may see it under a different path, as
/// in a container.
/// </summary>
public static class FolderIdentity
{
    /// <summary>Device and inode; null when there is no such folder or it is not accessible.</summary>
    public static string? Of(string folder) =>
        Statx.Of(folder) is { } found
            ? string.Create(CultureInfo.InvariantCulture, $"{found.DeviceMajor}:{found.DeviceMinor}:{found.Inode}")
            : null;
}
