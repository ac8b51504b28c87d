using System.Globalization;

namespace Esb.Cli.Processes;

/// <summary>
/// A process beyond doubt: a pid is used again, but not with the same start time in the same boot. Source: proc(5),
/// /proc/pid/stat field 22 (clock ticks since boot), /proc/sys/kernel/random/boot_id.
/// </summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">Clock ticks since boot.</param>
/// <param name="BootId">Which boot.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    /// <summary>Null: there is no such process (any more).</summary>
    public static ProcessIdentity? Of(int pid) =>
        ReadStat(pid) is { } stat && StartTicksIn(stat) is { } ticks ? new ProcessIdentity(pid, ticks, CurrentBoot()) : null;

    /// <summary>Whether exactly this process runs; a zombie does not.</summary>
    public bool IsRunning() =>
        ReadStat(Pid) is { } stat && StartTicksIn(stat) == StartTicks && !IsDead(stat) && CurrentBoot() == BootId;

    /// <summary>Field 22 of the line; null when it is not such a line.</summary>
    internal static long? StartTicksIn(string stat)
    {
        // The name of the program, in parentheses, may itself hold spaces and parentheses: count from the last one. Field 3 follows it.
        const int StartTimeAfterName = 22 - 3;
        var fields = AfterName(stat).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeAfterName && long.TryParse(fields[StartTimeAfterName], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? ticks
            : null;
    }

    private static bool IsDead(string stat) => AfterName(stat).TrimStart() is ['Z' or 'X', ..];

    private static string AfterName(string stat) => stat[(stat.LastIndexOf(')') + 1)..];

    private static string CurrentBoot() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

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
