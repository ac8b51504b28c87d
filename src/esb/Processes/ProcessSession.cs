using System.Globalization;

namespace Esb.Cli.Processes;

/// <summary>The processes in the session of a daemon, such as the workers of a killed agent.</summary>
internal static class ProcessSession
{
    /// <summary>Every process whose session id is this pid, the pid itself included.</summary>
    public static IReadOnlyList<ProcessIdentity> Members(int sessionId)
    {
        var members = new List<ProcessIdentity>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcessIdentity.SessionOf(pid) == sessionId
                && ProcessIdentity.Of(pid) is { } member)
                members.Add(member);
        }

        return members;
    }
}
