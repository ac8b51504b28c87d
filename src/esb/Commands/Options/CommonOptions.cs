using System.CommandLine;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Environments;
using Esb.Cli.Settings;
using Esb.Host.Settings;

namespace Esb.Cli.Commands.Options;

/// <summary>
/// Options that several commands share. A command adds the ones that it reads. The options for settings are added with
/// <see cref="AddSettings"/> and read with <see cref="ReadSettings"/>.
/// </summary>
internal static class CommonOptions
{
    /// <summary>The name of the option for the environment.</summary>
    public const string EnvironmentOption = "--env";

    private const string EnvironmentDescription =
        "The environment, a separate platform (default: ESB_ENV or what esb env default prints)";

    public static Option<string?> Environment { get; } =
        new(EnvironmentOption, "-e") { Description = EnvironmentDescription, HelpName = "NAME" };

    /// <summary>The same option for a command whose <c>-e</c> means something else.</summary>
    public static Option<string?> LongEnvironment { get; } =
        new(EnvironmentOption) { Description = EnvironmentDescription, HelpName = "NAME" };

    public static Option<string?> Project { get; } = new("--project", "-p")
    {
        Description = "The environment by the name of its folder, as in earlier versions",
        HelpName = "NAME",
    };

    public static Option<string?> ConfigDir { get; } = new("--config-dir")
    {
        Description = "Folder of functions.yml, routing.yml and resources.yml (default: "
            + "CONFIG_DIR or the environment's own; with containers services/gateway/config)",
        HelpName = "FOLDER",
    };

    public static Option<string?> Mode { get; } = new("--mode", "-m")
    {
        Description = "How functions run: process, docker or containerd (default: ESB_MODE or process)",
        HelpName = "MODE",
    };

    public static Option<string?> EnvFile { get; } =
        new("--env-file")
        {
            Description = "File with KEY=VALUE settings (default: .env, if present)",
            HelpName = "FILE",
        };

    public static Option<bool> Json { get; } =
        new("--json") { Description = "Print one JSON document and nothing else" };

    /// <summary>The application to which a command that lists or shows something is restricted.</summary>
    public static Option<string?> Application { get; } =
        new("--stack") { Description = "Only this application", HelpName = "NAME" };

    public static void AddSettings(Command command)
    {
        command.Add(ConfigDir);
        AddPlatform(command);
    }

    /// <summary>For commands that ask the gateway and read no files.</summary>
    public static void AddPlatform(Command command)
    {
        command.Add(command.Options.Any(option => option.Aliases.Contains("-e")) ? LongEnvironment : Environment);
        command.Add(Project);
        command.Add(EnvFile);
    }

    /// <param name="result">The command line.</param>
    /// <param name="use">How the command uses the environment.</param>
    /// <param name="sources">The sources of settings; null for those of the command line.</param>
    /// <exception cref="CommandFailure">
    /// A setting has a value that is not allowed, the platform does not exist, or the state folder is that of a newer
    /// version of ESB.
    /// </exception>
    public static PlatformSettings ReadSettings(
        ParseResult result, EnvironmentUse use = EnvironmentUse.Reach, SettingSources? sources = null)
    {
        var settings = EnvironmentChoice.Of(sources ?? Sources(result), use);
        StateFormat.Require(settings.State);
        return settings;
    }

    /// <summary>Like <see cref="ReadSettings"/>, for commands that work on what is deployed.</summary>
    /// <exception cref="CommandFailure">
    /// For the same reasons, or because the folder that the command line names does not exist.
    /// </exception>
    public static PlatformSettings ReadSettingsOfDeployed(ParseResult result)
    {
        var settings = ReadSettings(result);
        return result.GetValue(ConfigDir) is not { } named || Directory.Exists(settings.ConfigFolder)
            ? settings
            : throw new SettingException(ConfigDir.Name, named, "an existing folder");
    }

    /// <summary>For commands that only read; accepts a state folder of any version.</summary>
    /// <exception cref="CommandFailure">A setting has an invalid value, or the platform does not exist.</exception>
    public static PlatformSettings ReadSettingsOnly(ParseResult result, EnvironmentUse use = EnvironmentUse.Reach) =>
        EnvironmentChoice.Of(Sources(result), use);

    /// <summary>
    /// The environment for which a command that deploys nothing reads templates: the named one, otherwise the one that
    /// a deploy would use.
    /// </summary>
    public static string EnvironmentOfTemplates(ParseResult result)
    {
        try
        {
            return ReadSettingsOnly(result, EnvironmentUse.Name).EnvironmentOfDeploys;
        }
        catch (Exception e) when (e is CommandFailure or SettingException)
        {
            // Reading templates needs neither valid settings nor a home folder, only the name of the environment.
            var named = result.GetValue(Environment) ?? EnvironmentMark.Unnamed;
            return EnvironmentName.IsValid(named)
                ? named
                : throw new SettingException(EnvironmentOption, named, EnvironmentName.Rule);
        }
    }

    /// <exception cref="CommandFailure">A file of settings cannot be used.</exception>
    public static SettingSources Sources(ParseResult result)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if ((result.GetValue(Environment) ?? result.GetValue(LongEnvironment)) is { } environment)
            given[SettingNames.Environment] = environment;
        if (result.GetValue(Project) is { } project)
            given[SettingNames.Project] = project;
        if (result.GetValue(Mode) is { } mode)
            given[SettingNames.Mode] = mode;
        if (result.GetValue(ConfigDir) is { } folder)
            given[SettingNames.ConfigDir] = folder;
        return SettingSources.Read(given, result.GetValue(EnvFile));
    }
}
