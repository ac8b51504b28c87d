using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>The user that this process runs as. Source: geteuid(2).</summary>
public static partial class CurrentUser
{
    /// <summary>The effective user id.</summary>
    public static uint Id => EffectiveUser();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
