using Esb.Cli.Platform.Ports;
using Esb.Cli.Processes;

namespace Esb.Cli.Platform;

/// <summary>A part of the platform to start.</summary>
/// <param name="Kind">The kind of the part.</param>
/// <param name="Address">The address to show.</param>
/// <param name="Ports">The ports that it listens on.</param>
/// <param name="Process">The program to run.</param>
internal sealed record ComponentSpec(
    ComponentKind Kind, string Address, IReadOnlyList<PortClaim> Ports, DaemonSpec Process)
{
    /// <summary>
    /// A folder that exists while the part imports data, which may take minutes, before it is ready; null if it never
    /// does.
    /// </summary>
    public string? ImportFolder { get; init; }
}
