using System.Globalization;
using System.Text;

namespace Esb.Cli.Removing.Code;

/// <summary>
/// What processes of this machine run from: a worker finishes what it has on the code that it was started with, also when nobody names it any more. Source: proc(5).
/// </summary>
internal static class WorkerCode
{
    /// <summary>Adds what the environments and the working folders of all processes name that this user may look at; workers are this user's.</summary>
    public static void AddTo(NamedCode named)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                named.AddText(Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "environ"))).Replace('\0', '\n'));
                named.AddText(new DirectoryInfo(Path.Combine(process, "cwd")).LinkTarget ?? "");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is somebody else's.
            }
        }
    }
}
