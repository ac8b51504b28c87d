using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Settings;
using Esb.Host.Settings;

namespace Esb.Cli.Environments;

/// <summary>What a command does with the environment that it is told.</summary>
internal enum EnvironmentUse
{
    /// <summary>It speaks to the platform, which must be that environment's.</summary>
    Reach,

    /// <summary>It starts the platform, and makes the environment where there is none.</summary>
    Start,

    /// <summary>It builds for the environment, and speaks to no platform.</summary>
    Name,
}

/// <summary>
/// Which platform a command means, the same for all: the environment of that name, by its folder or its mark; else the default one, where it is not marked yet; else none, which is
/// an error. Without a name, the default one. <c>--project</c> says the platform by itself, and what it is marked as must fit.
/// </summary>
internal static class EnvironmentChoice
{
    /// <exception cref="CommandFailure">There is no such platform, or a setting has a value that is not allowed.</exception>
    public static PlatformSettings Of(SettingSources sources, EnvironmentUse use)
    {
        var named = sources[SettingNames.Environment];
        if (named is not null && !EnvironmentName.IsValid(named))
            throw new SettingException("--env", named, EnvironmentName.Rule);
        var usual = sources.With(SettingNames.Project, sources.Or(SettingNames.Project, StateFolder.Default));
        // A platform of containers is a Compose project with its .env, and has no folder here that would bear its name.
        if (sources[SettingNames.Mode] is { } mode && PlatformMode.Find(mode) is { UsesContainers: true })
            return Fitting(Read(usual), named, use);
        if (sources[SettingNames.Project] is not null)
            return Fitting(Read(usual), named, use);
        var known = new KnownEnvironments(StateFolder.RootOf(sources));
        var settings = Read(sources.With(SettingNames.Project, Platform(known, sources, named, use)));
        if (use == EnvironmentUse.Start && named is not null)
            RequireOwnFolder(known, settings);
        return Fitting(settings, named, use);
    }

    private static string Platform(KnownEnvironments known, SettingSources sources, string? named, EnvironmentUse use)
    {
        var usual = known.Default;
        if (named is null || known.Has(named))
            return named ?? usual;
        if (MarkOf(Read(sources.With(SettingNames.Project, usual))) == named)
            return usual;
        var marked = known.All.FirstOrDefault(state => MarkOf(RememberedEnvironment.Read(state).ConfigDir ?? state.Configuration) == named);
        return marked?.Name ?? (use == EnvironmentUse.Start ? named : usual);
    }

    // CONFIG_DIR of a .env file counts wherever that is read: two platforms must not serve from one folder.
    private static void RequireOwnFolder(KnownEnvironments known, PlatformSettings settings)
    {
        if (known.All.FirstOrDefault(state => state.Name != settings.Project && RememberedEnvironment.Read(state).ConfigDir == settings.ConfigFolder) is { } other)
            throw NotOwn(settings, other.Name, settings.Project);
    }

    private static PlatformSettings Read(SettingSources sources)
    {
        var settings = PlatformSettings.Read(sources);
        return EarlierConfiguration.Of(settings) is { } earlier ? settings with { ConfigFolder = earlier } : settings;
    }

    private static PlatformSettings Fitting(PlatformSettings settings, string? named, EnvironmentUse use)
    {
        var mark = MarkOf(settings);
        if (named is null)
            return settings with { Environment = mark };
        if (use == EnvironmentUse.Name)
            return settings with { Environment = named, EnvironmentIsGiven = true };
        if (IsOwnName(settings, named))
            return settings with { Environment = mark ?? (named == StateFolder.Default ? null : named), EnvironmentIsGiven = mark is null && named != StateFolder.Default };
        return mark is null || mark == named ? settings with { Environment = named, EnvironmentIsGiven = true } : throw Other(settings, mark, named, use);
    }

    // The name of its folder is good for every platform, but not for a configuration folder that is somebody else's.
    private static bool IsOwnName(PlatformSettings settings, string named) =>
        settings.Project == named && !settings.IsInContainers && (!settings.ConfigFolderIsGiven || RememberedEnvironment.Read(settings.State).ConfigDir == settings.ConfigFolder);

    private static string? MarkOf(PlatformSettings settings) => MarkOf(settings.ConfigFolder);

    private static string? MarkOf(string folder)
    {
        try
        {
            return EnvironmentMark.Of(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // A command that needs the folder says so itself.
        }
    }

    private static CommandFailure Other(PlatformSettings settings, string mark, string named, EnvironmentUse use)
    {
        if (settings.IsInContainers)
            return CommandFailure.Environment(
                $"this platform is environment '{mark}', not '{named}' ({settings.ConfigFolder}); nothing was changed",
                $"name the .env file of '{named}' with --env-file: its COMPOSE_PROJECT_NAME and CONFIG_DIR are another platform's");
        if (use == EnvironmentUse.Start || settings.ConfigFolderIsGiven)
            return NotOwn(settings, mark, named);
        return CommandFailure.Environment($"this platform is environment '{mark}', not '{named}'; nothing was changed", $"esb up --env {named} starts one for {named}; esb env list shows those that are there");
    }

    private static CommandFailure NotOwn(PlatformSettings settings, string owner, string named) => CommandFailure.Environment(
        $"CONFIG_DIR '{settings.ConfigFolder}' is the configuration of environment '{owner}', not of '{named}'; nothing was changed",
        "leave out CONFIG_DIR and --config-dir, so that each environment has its own, or name another folder");
}
