using System.Globalization;
using Esb.Host.Clocks;

namespace Esb.Cli.Processes;

/// <summary>
/// The unique identity of a process: a pid is reused, but not with the same start time in the same boot. Source:
/// proc(5), /proc/pid/stat fields 3 (state), 6 (session) and 22 (start, in clock ticks since boot),
/// /proc/sys/kernel/random/boot_id.
/// </summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">Clock ticks since boot.</param>
/// <param name="BootId">The id of the boot.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    private const int State = 3;
    private const int Session = 6;
    private const int StartTime = 22;

    /// <summary>Null when there is no such process.</summary>
    public static ProcessIdentity? Of(int pid) =>
        ReadStat(pid) is { } stat && Number(stat, StartTime) is { } ticks
            ? new ProcessIdentity(pid, ticks, MachineBoot.ReadId())
            : null;

    /// <summary>Session id of a process; null when there is no such process.</summary>
    public static long? SessionOf(int pid) => ReadStat(pid) is { } stat ? Number(stat, Session) : null;

    /// <summary>Whether this very process runs; a zombie does not.</summary>
    public bool IsRunning() =>
        ReadStat(Pid) is { } stat
            && Number(stat, StartTime) == StartTicks
            && Field(stat, State) is not ("Z" or "X")
            && MachineBoot.ReadId() == BootId;

    /// <summary>A field of /proc/pid/stat by its position in proc(5); null when the line has another form.</summary>
    internal static long? Number(string stat, int position) =>
        long.TryParse(
            Field(stat, position), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    // The name of the program (field 2), in parentheses, may itself hold spaces and parentheses: count from the last
    // one.
    private static string? Field(string stat, int position) =>
        stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .ElementAtOrDefault(position - State);

    private static string? ReadStat(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
