using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>Which parts to start and in which order. What stands in one wave starts at the same time.</summary>
internal sealed record StartPlan(IReadOnlyList<IReadOnlyList<ComponentKind>> Waves)
{
    public bool IsEmpty => Waves.Count == 0;

    public IEnumerable<ComponentKind> All => Waves.SelectMany(wave => wave);

    /// <param name="settings">A store with an endpoint of one's own is not started.</param>
    /// <param name="running">What runs already.</param>
    public static StartPlan Of(PlatformSettings settings, IReadOnlyCollection<ComponentKind> running) =>
        Of(Wanted(settings).Where(kind => !running.Contains(kind)).ToHashSet());

    /// <summary>The reverse, for stopping: nothing ends before those that need it.</summary>
    public StartPlan Reversed() => new([.. Waves.Reverse()]);

    /// <summary>Each part in the first wave after those it needs; what is not to be started is taken as there.</summary>
    internal static StartPlan Of(IReadOnlySet<ComponentKind> kinds)
    {
        var waves = new List<IReadOnlyList<ComponentKind>>();
        var waiting = kinds.Order().ToList();
        while (waiting.Count > 0)
        {
            var wave = waiting.Where(kind => !Needs(kind).Any(waiting.Contains)).ToList();
            waves.Add(wave);
            waiting.RemoveAll(wave.Contains);
        }

        return new StartPlan(waves);
    }

    // The gateway starts workers as soon as it is up, and a worker may use the stores in its first line.
    private static IReadOnlyList<ComponentKind> Needs(ComponentKind kind) =>
        kind == ComponentKind.Gateway ? [ComponentKind.ObjectStore, ComponentKind.Database, ComponentKind.Agent] : [];

    /// <summary>What a platform with these settings has; a store with an endpoint of one's own is not its part.</summary>
    internal static IEnumerable<ComponentKind> Wanted(PlatformSettings settings)
    {
        if (settings.ObjectStoreEndpoint is null)
            yield return ComponentKind.ObjectStore;
        if (settings.DatabaseEndpoint is null)
            yield return ComponentKind.Database;
        yield return ComponentKind.Agent;
        yield return ComponentKind.Gateway;
    }
}
