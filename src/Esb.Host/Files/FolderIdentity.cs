using System.Globalization;

namespace Esb.Host.Files;

/// <summary>By which two processes know that they mean one folder, although each sees it under a path of its own, as a container does.</summary>
public static class FolderIdentity
{
    /// <summary>Device and inode; null when there is no such folder, or when it cannot be seen.</summary>
    public static string? Of(string folder) =>
        Statx.Of(folder) is { } found ? string.Create(CultureInfo.InvariantCulture, $"{found.DeviceMajor}:{found.DeviceMinor}:{found.Inode}") : null;
}
