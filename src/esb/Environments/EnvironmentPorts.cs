using Esb.Cli.Platform;
using Esb.Cli.Platform.Ports;
using Esb.Cli.Settings;

namespace Esb.Cli.Environments;

/// <summary>
/// Chooses the ports of an environment that is started for the first time. The first environment of a machine gets the
/// default ports. A later one gets, for each port that was not given, the next free one in steps of ten, and keeps it.
/// </summary>
internal static class EnvironmentPorts
{
    private const int Step = 10;

    /// <summary>
    /// Whether the environment was started before, perhaps by an earlier version, so that it keeps its ports.
    /// </summary>
    public static bool AreKnown(PlatformSettings settings) =>
        settings.State.WasStarted || RememberedEnvironment.Read(settings.State).Ports is not null;

    /// <summary>
    /// Chooses and records the ports. The caller holds the lock of the root, so that no two environments choose the
    /// same.
    /// </summary>
    /// <exception cref="CommandFailure">No port is free.</exception>
    public static PlatformSettings Choose(PlatformSettings settings)
    {
        var others = new KnownEnvironments(settings.State.Root).All.Where(state => state.Name != settings.Project)
            .Where(state => state.WasStarted || RememberedEnvironment.Read(state).Ports is not null)
            .Select(state => RememberedEnvironment.Read(state).Ports ?? PlatformPorts.Default).ToList();
        var chosen = others.Count == 0 ? settings.Ports : Beside(others, settings);
        // The first environment keeps the default ports: ports that are given for this start apply to this start only.
        (RememberedEnvironment.Read(settings.State) with { Ports = others.Count == 0 ? PlatformPorts.Default : chosen })
            .Write(settings.State);
        return settings with { Ports = chosen };
    }

    private static PlatformPorts Beside(IReadOnlyList<PlatformPorts> others, PlatformSettings settings)
    {
        var taken = others.SelectMany(ports => SettingNames.Ports.Select(ports.Of))
            .Concat(settings.GivenPorts.Select(settings.Ports.Of)).ToHashSet();
        var chosen = settings.Ports;
        foreach (var name in SettingNames.Ports.Where(name => !settings.GivenPorts.Contains(name)))
        {
            chosen = Candidates(chosen, name)
                .FirstOrDefault(ports => !taken.Contains(ports.Of(name)) && IsFree(ports, name))
                ?? throw CommandFailure.Environment($"no free port was found for {name}", $"set {name}");
            taken.Add(chosen.Of(name));
        }

        return chosen;
    }

    private static IEnumerable<PlatformPorts> Candidates(PlatformPorts ports, string name)
    {
        for (var port = ports.Of(name) + Step; port <= ushort.MaxValue; port += Step)
            yield return ports.With(name, port);
    }

    private static bool IsFree(PlatformPorts ports, string name) =>
        ComponentNames.Started
            .SelectMany(kind => PortClaims.Of(kind, ports))
            .Where(claim => claim.Variable == name)
            .All(PortCheck.IsFree);
}
