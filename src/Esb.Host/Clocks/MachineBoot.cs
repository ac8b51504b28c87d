namespace Esb.Host.Clocks;

/// <summary>The current boot of the machine. Source: proc(5), /proc/sys/kernel/random/boot_id.</summary>
public static class MachineBoot
{
    /// <summary>Reads the id, a UUID in text form.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static string ReadId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
