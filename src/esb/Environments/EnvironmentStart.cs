using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Schema.Files;

namespace Esb.Cli.Environments;

/// <summary>
/// The steps of a start before and after the processes: a new environment gets its ports and its mark, and the first
/// one of a machine becomes the default.
/// </summary>
internal static class EnvironmentStart
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(2);

    /// <returns>The settings with the ports of the environment.</returns>
    /// <exception cref="CommandFailure">No port is free.</exception>
    public static async Task<PlatformSettings> PrepareAsync(
        PlatformSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        if (!settings.ConfigFolderIsGiven
            && RememberedEnvironment.Read(settings.State).ConfigDir is { } before
            && !Directory.Exists(before))
            screen.Warn(
                $"{before}, which this platform served, is gone; "
                    + $"its configuration is now in {settings.ConfigFolder}",
                "to use it again: esb down, put it back, esb up --config-dir FOLDER");
        if (EnvironmentPorts.AreKnown(settings))
            return settings;
        settings.State.Create();
        using var operationLock = await DeployLock.AcquireAsync(
            settings.State.Root,
            "esb up",
            LockTimeout,
            wait => screen.Note($"waiting for {wait.Who}"),
            cancellationToken);
        var known = new KnownEnvironments(settings.State.Root);
        if (settings.EnvironmentIsGiven
            && settings.Project == settings.Environment
            && known.All.All(state => state.Name == settings.Project))
            known.SetDefault(settings.Project);
        return EnvironmentPorts.Choose(settings);
    }

    /// <summary>Marks the configuration folder with the named environment, once the platform is up.</summary>
    public static void Mark(PlatformSettings settings, string folder)
    {
        if (!settings.EnvironmentIsGiven || !Directory.Exists(folder) || EnvironmentMark.Of(folder) is not null)
            return;
        using var mark = EnvironmentMark.Prepare(folder, settings.Environment!);
        mark?.Commit();
    }

    /// <summary>Warns about a folder that an earlier version would have served.</summary>
    public static void WarnOfUnserved(PlatformSettings settings, Screen screen)
    {
        if (!settings.ConfigFolderIsGiven && EarlierConfiguration.Unserved(settings.ConfigFolder) is { } folder)
            screen.Warn(
                $"{folder} is not served; this platform has its configuration in {settings.ConfigFolder}",
                $"to serve it instead: esb down, then esb up --config-dir {PlatformSettings.DefaultConfigFolder}");
    }

    /// <summary>The command to run next.</summary>
    public static string NextStep(PlatformSettings settings) =>
        settings.Project == new KnownEnvironments(settings.State.Root).Default
            ? "esb deploy -t template.yaml"
            : $"esb deploy -t template.yaml --env {settings.EnvironmentName}";
}
