using System.Globalization;

namespace Esb.Cli.Processes;

/// <summary>What else runs in the session that a daemon began, for example what a killed agent could not stop any more.</summary>
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
