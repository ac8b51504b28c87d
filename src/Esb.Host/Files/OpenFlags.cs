using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>
/// Flags of open(2) that .NET does not name. Two of them differ between processors: the value of O_DIRECTORY on x64 is
/// O_DIRECT on arm64. Source: Linux, include/uapi/asm-generic/fcntl.h and arch/arm64/include/uapi/asm/fcntl.h.
/// </summary>
internal static class OpenFlags
{
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>O_CLOEXEC.</summary>
    public const int CloseOnExec = 0x80000;

    /// <summary>O_DIRECTORY: fails for anything but a folder.</summary>
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW: fails for a symbolic link.</summary>
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;
}
