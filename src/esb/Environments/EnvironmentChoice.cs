using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Settings;
using Esb.Host.Settings;

namespace Esb.Cli.Environments;

/// <summary>How a command uses the environment.</summary>
internal enum EnvironmentUse
{
    /// <summary>The command uses the platform, which must belong to the environment.</summary>
    Reach,

    /// <summary>The command starts the platform, and creates the environment if there is none.</summary>
    Start,

    /// <summary>The command builds for the environment, without a platform.</summary>
    Name,
}

/// <summary>
/// Chooses the platform of a command. Without a name, it is the default environment. A named environment is found by
/// the name of its folder, then by its mark. If there is none, a start creates it; other commands use the default
/// environment if that has no mark, and fail otherwise. <c>--project</c> selects the platform directly, whose mark must
/// match a given name.
/// </summary>
internal static class EnvironmentChoice
{
    /// <exception cref="CommandFailure">There is no such platform, or a setting has an invalid value.</exception>
    public static PlatformSettings Of(SettingSources sources, EnvironmentUse use)
    {
        var named = sources[SettingNames.Environment];
        if (named is not null && !EnvironmentName.IsValid(named))
            throw new SettingException("--env", named, EnvironmentName.Rule);
        var withProject = sources.With(SettingNames.Project, sources.Or(SettingNames.Project, StateFolder.Default));
        // A platform in containers is a Compose project with its own .env file, and is not one of the environments in
        // the root.
        if (sources[SettingNames.Mode] is { } mode && PlatformMode.Find(mode) is { UsesContainers: true })
            return WithEnvironment(Read(withProject), named, use);
        if (sources[SettingNames.Project] is not null)
            return WithEnvironment(Read(withProject), named, use);
        var known = new KnownEnvironments(StateFolder.RootOf(sources));
        var settings = Read(sources.With(SettingNames.Project, Platform(known, sources, named, use)));
        if (use == EnvironmentUse.Start && named is not null)
            RequireOwnFolder(known, settings);
        return WithEnvironment(settings, named, use);
    }

    private static string Platform(KnownEnvironments known, SettingSources sources, string? named, EnvironmentUse use)
    {
        var defaultName = known.Default;
        if (named is null || known.Has(named))
            return named ?? defaultName;
        if (MarkOf(Read(sources.With(SettingNames.Project, defaultName))) == named)
            return defaultName;
        var marked = known.All.FirstOrDefault(
            state => MarkOf(RememberedEnvironment.Read(state).ConfigDir ?? state.Configuration) == named);
        return marked?.Name ?? (use == EnvironmentUse.Start ? named : defaultName);
    }

    // CONFIG_DIR may come from a shared .env file, but two platforms must not serve the same folder.
    private static void RequireOwnFolder(KnownEnvironments known, PlatformSettings settings)
    {
        if (known.All.FirstOrDefault(state => state.Name != settings.Project
            && RememberedEnvironment.Read(state).ConfigDir == settings.ConfigFolder) is { } other)
            throw OtherOwner(settings, other.Name, settings.Project);
    }

    private static PlatformSettings Read(SettingSources sources)
    {
        var settings = PlatformSettings.Read(sources);
        return EarlierConfiguration.Of(settings) is { } earlier ? settings with { ConfigFolder = earlier } : settings;
    }

    private static PlatformSettings WithEnvironment(PlatformSettings settings, string? named, EnvironmentUse use)
    {
        var mark = MarkOf(settings);
        if (named is null)
            return settings with { Environment = mark };
        if (use == EnvironmentUse.Name)
            return settings with { Environment = named, EnvironmentIsGiven = true };
        if (IsOwnName(settings, named))
            return settings with
            {
                Environment = mark ?? (named == StateFolder.Default ? null : named),
                EnvironmentIsGiven = mark is null && named != StateFolder.Default,
            };
        return mark is null || mark == named
            ? settings with { Environment = named, EnvironmentIsGiven = true }
            : throw Other(settings, mark, named, use);
    }

    // A platform can be named by its folder, unless a configuration folder of another platform was given.
    private static bool IsOwnName(PlatformSettings settings, string named) =>
        settings.Project == named && !settings.IsInContainers && (!settings.ConfigFolderIsGiven
            || RememberedEnvironment.Read(settings.State).ConfigDir == settings.ConfigFolder);

    private static string? MarkOf(PlatformSettings settings) => MarkOf(settings.ConfigFolder);

    private static string? MarkOf(string folder)
    {
        try
        {
            return EnvironmentMark.Of(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // A command that needs the folder reports the error.
        }
    }

    private static CommandFailure Other(PlatformSettings settings, string mark, string named, EnvironmentUse use)
    {
        if (settings.IsInContainers)
            return CommandFailure.Environment(
                $"this platform is environment '{mark}', not '{named}' ({settings.ConfigFolder}); nothing was changed",
                $"name the .env file of '{named}' with --env-file: its COMPOSE_PROJECT_NAME and CONFIG_DIR are another "
                    + "platform's");
        if (use == EnvironmentUse.Start || settings.ConfigFolderIsGiven)
            return OtherOwner(settings, mark, named);
        return CommandFailure.Environment(
            $"this platform is environment '{mark}', not '{named}'; nothing was changed",
            $"esb up --env {named} starts one for {named}; esb env list shows the existing ones");
    }

    private static CommandFailure OtherOwner(PlatformSettings settings, string owner, string named) =>
        CommandFailure.Environment(
            $"CONFIG_DIR '{settings.ConfigFolder}' is the configuration of environment '{owner}', not of '{named}'; "
                + "nothing was changed",
            "leave out CONFIG_DIR and --config-dir, so that each environment has its own, or name another folder");
}
