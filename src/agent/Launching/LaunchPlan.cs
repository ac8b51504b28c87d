using System.Globalization;
using System.Text;

namespace Esb.Agent.Launching;

/// <summary>
/// What a launcher is to execute. It is passed as NUL-terminated fields in a memory file (memfd_create(2)), not in
/// arguments or in the launcher's environment: arguments can be read by everybody on the machine, and a function's
/// environment must not configure the launcher.
/// </summary>
internal sealed record LaunchPlan
{
    public required string Program { get; init; }

    /// <summary>Without the program's own name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public required string Folder { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>RLIMIT_DATA in bytes; null for no limit.</summary>
    public long? DataLimit { get; init; }

    /// <summary>The <c>cgroup.procs</c> file to write to; null for none.</summary>
    public string? CgroupProcesses { get; init; }

    /// <summary>The process that the launched process ends together with.</summary>
    public int Owner { get; init; } = System.Environment.ProcessId;

    public byte[] Encode()
    {
        var text = new StringBuilder();
        void Field(string value) => text.Append(value).Append('\0');
        Field(Owner.ToString(CultureInfo.InvariantCulture));
        Field(DataLimit?.ToString(CultureInfo.InvariantCulture) ?? "");
        Field(CgroupProcesses ?? "");
        Field(Folder);
        Field(Program);
        Field(Arguments.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var argument in Arguments)
            Field(argument);
        foreach (var (key, value) in Environment)
            Field($"{key}={value}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static LaunchPlan Decode(ReadOnlySpan<byte> bytes)
    {
        var fields = Encoding.UTF8.GetString(bytes).Split('\0')[..^1];
        var arguments = int.Parse(fields[5], CultureInfo.InvariantCulture);
        return new LaunchPlan
        {
            Owner = int.Parse(fields[0], CultureInfo.InvariantCulture),
            DataLimit = fields[1].Length == 0 ? null : long.Parse(fields[1], CultureInfo.InvariantCulture),
            CgroupProcesses = fields[2].Length == 0 ? null : fields[2],
            Folder = fields[3],
            Program = fields[4],
            Arguments = fields[6..(6 + arguments)],
            Environment = fields[(6 + arguments)..].ToDictionary(
                entry => entry[..entry.IndexOf('=', StringComparison.Ordinal)],
                entry => entry[(entry.IndexOf('=', StringComparison.Ordinal) + 1)..],
                StringComparer.Ordinal),
        };
    }
}
