namespace Esb.Cli.Diagnosis.Checks;

/// <summary>One port that the platform has or wants.</summary>
/// <param name="Port">Its number.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Variable">The setting that moves it.</param>
/// <param name="IsFree">Nobody listens there.</param>
/// <param name="IsOurs">A part of this platform listens there.</param>
/// <param name="Owner">Who does; null when that cannot be told.</param>
internal sealed record PortReading(int Port, string Purpose, string Variable, bool IsFree, bool IsOurs, string? Owner);

/// <summary>Ports are free, or ours.</summary>
internal static class PortsCheck
{
    private const string Name = "ports";

    public static IEnumerable<Finding> Of(IReadOnlyList<PortReading> ports)
    {
        var others = ports.Where(port => !port.IsFree && !port.IsOurs).ToList();
        foreach (var port in others)
            yield return Finding.Fail(Name, $"{port.Port}, for the {port.Purpose}, is in use by {port.Owner ?? "another process"}", $"stop that, or set {port.Variable} to a free port");
        var (ours, free) = (Numbers(ports.Where(port => port.IsOurs)), Numbers(ports.Where(port => port.IsFree)));
        if (ours.Length > 0 || free.Length > 0)
            yield return Finding.Ok(Name, string.Join("; ", new[] { ours.Length > 0 ? $"{ours} ours" : "", free.Length > 0 ? $"{free} free" : "" }.Where(text => text.Length > 0)));
    }

    private static string Numbers(IEnumerable<PortReading> ports) => string.Join(", ", ports.Select(port => port.Port));
}
