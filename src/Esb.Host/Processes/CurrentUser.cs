using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>As whom this process runs. Source: geteuid(2).</summary>
public static partial class CurrentUser
{
    /// <summary>The effective user id.</summary>
    public static uint Id => EffectiveUser();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
