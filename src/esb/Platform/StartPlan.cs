using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>The parts to start, and their order. The parts of one wave start at the same time.</summary>
internal sealed record StartPlan(IReadOnlyList<IReadOnlyList<ComponentKind>> Waves)
{
    public bool IsEmpty => Waves.Count == 0;

    public IEnumerable<ComponentKind> All => Waves.SelectMany(wave => wave);

    /// <param name="settings">The settings; stores with configured endpoints are not started.</param>
    /// <param name="running">The parts that are already running.</param>
    public static StartPlan Of(PlatformSettings settings, IReadOnlyCollection<ComponentKind> running) =>
        Of(Wanted(settings).Where(kind => !IsRunning(kind, running)).ToHashSet());

    /// <summary>The order for stopping: no part ends before those that need it.</summary>
    public StartPlan Reversed() => new([.. Waves.Reverse()]);

    /// <summary>
    /// Puts each part in the first wave after those it needs; parts that are not started count as running.
    /// </summary>
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

    // The gateway starts workers as soon as it runs, and a worker may use the stores at once.
    private static IReadOnlyList<ComponentKind> Needs(ComponentKind kind) =>
        kind == ComponentKind.Gateway ? [.. Enum.GetValues<ComponentKind>().Where(other => other != kind)] : [];

    // What an earlier version started has the port and the folder until esb upgrade replaces it.
    private static bool IsRunning(ComponentKind kind, IReadOnlyCollection<ComponentKind> running) =>
        running.Contains(kind) || (kind == ComponentKind.Stores && running.Any(ComponentNames.IsEarlier));

    /// <summary>
    /// The parts of a platform with these settings. If all stores have configured endpoints, it starts none.
    /// </summary>
    internal static IEnumerable<ComponentKind> Wanted(PlatformSettings settings)
    {
        if (settings.ObjectStoreEndpoint is null || settings.DatabaseEndpoint is null)
            yield return ComponentKind.Stores;
        yield return ComponentKind.Agent;
        yield return ComponentKind.Gateway;
    }
}
