using System.Globalization;
using System.Text;

namespace Esb.Cli.Removing.Code;

/// <summary>
/// The code of running processes: a worker finishes its invocation on the code that it was started with, even when no
/// file names it any more. Source: proc(5).
/// </summary>
internal static class WorkerCode
{
    /// <summary>
    /// Adds the code named by the environments and working folders of all processes that this user may inspect; workers
    /// belong to this user.
    /// </summary>
    public static void AddTo(NamedCode named)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc")
            .Where(p => int.TryParse(Path.GetFileName(p), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                named.AddText(Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "environ")))
                    .Replace('\0', '\n'));
                named.AddText(new DirectoryInfo(Path.Combine(process, "cwd")).LinkTarget ?? "");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The process has ended, or belongs to another user.
            }
        }
    }
}
