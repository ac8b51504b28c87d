using System.Globalization;
using System.Text;
using Esb.Host.Processes;

namespace Esb.Agent.Limits;

/// <summary>
/// The cgroup in which the agent may create others: the configured one, or the agent's own if that was delegated to it.
/// Write access is not enough: a cgroup has one owner (systemd, "Control Group APIs and Delegation"), and the owner of
/// ours may use it to count and kill its processes.
/// </summary>
internal static unsafe class DelegatedCgroup
{
    private const string Mount = "/sys/fs/cgroup";

    /// <summary>Null when there is no such cgroup, or when its memory controller cannot be passed on.</summary>
    public static string? Find(string? configured)
    {
        try
        {
            if ((configured ?? Own()) is not { } folder)
                return null;
            return File.Exists(Path.Combine(folder, "memory.limit_in_bytes")) || HandsOnMemory(folder) ? folder : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path in the version 2 line of <c>/proc/self/cgroup</c>.</summary>
    public static string? PathIn(IEnumerable<string> lines) =>
        lines.Where(line => line.StartsWith("0::/", StringComparison.Ordinal)).Select(line => line[3..])
            .FirstOrDefault();

    private static string? Own()
    {
        if (PathIn(File.ReadAllLines("/proc/self/cgroup")) is not { } path)
            return null;
        var folder = Path.Join(Mount, path).TrimEnd('/');
        // A root with a cgroup.type is not the root of the machine. It is the root of a container's cgroup namespace,
        // which belongs to the container.
        var container = path == "/" && File.Exists(Path.Combine(folder, "cgroup.type"));
        return container || IsMarked(folder) ? folder : null;
    }

    private static bool IsMarked(string folder)
    {
        byte mark;
        return (Native.GetAttribute(folder, "user.delegate", &mark, 1) == 1 && mark == '1')
            || (Native.GetAttribute(folder, "trusted.delegate", &mark, 1) == 1 && mark == '1');
    }

    private static bool HandsOnMemory(string folder)
    {
        if (!Words(folder, "cgroup.controllers").Contains("memory"))
            return false;
        if (Words(folder, "cgroup.subtree_control").Contains("memory"))
            return true;
        // "No internal processes": a cgroup that enables controllers for its children has no processes itself, so the
        // agent moves into a child.
        var self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (File.ReadAllLines(Path.Combine(folder, "cgroup.procs")) is [var only] && only == self)
        {
            var leaf = Directory.CreateDirectory(Path.Combine(folder, "esb-agent")).FullName;
            File.WriteAllText(Path.Combine(leaf, "cgroup.procs"), self);
        }

        File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory");
        return true;
    }

    private static string[] Words(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path, Encoding.ASCII).Split(' ', '\n') : [];
    }
}
