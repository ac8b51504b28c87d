using System.CommandLine;
using Esb.Cli.Settings;

namespace Esb.Cli.Commands.Options;

/// <summary>
/// Options that several commands share, so that they are spelled and explained once. A command adds the ones it reads; those that
/// settings come from are added with <see cref="AddSettings"/> and read with <see cref="ReadSettings"/>.
/// </summary>
internal static class CommonOptions
{
    public static Option<string?> Project { get; } = new("--project", "-p")
    {
        Description = "Which platform of this machine, when there are several (default: default)",
        HelpName = "NAME",
    };

    public static Option<string?> ConfigDir { get; } = new("--config-dir")
    {
        Description = "Folder of functions.yml, routing.yml and resources.yml (default: CONFIG_DIR or services/gateway/config)",
        HelpName = "FOLDER",
    };

    public static Option<string?> Mode { get; } = new("--mode", "-m")
    {
        Description = "What functions are: process, docker or containerd (default: ESB_MODE or process)",
        HelpName = "MODE",
    };

    public static Option<string?> EnvFile { get; } = new("--env-file")
    {
        Description = "File with KEY=VALUE settings (default: .env, if there)",
        HelpName = "FILE",
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document and nothing else",
    };

    /// <summary>For commands that show what is there.</summary>
    public static Option<string?> Application { get; } = new("--stack")
    {
        Description = "Only this application",
        HelpName = "NAME",
    };

    public static void AddSettings(Command command)
    {
        command.Add(Project);
        command.Add(ConfigDir);
        command.Add(EnvFile);
    }

    /// <exception cref="CommandFailure">A setting has a value that is not allowed, or the state folder is of a newer esb.</exception>
    public static PlatformSettings ReadSettings(ParseResult result)
    {
        var settings = ReadSettingsOnly(result);
        StateFormat.Require(settings.State);
        return settings;
    }

    /// <summary>For commands that only look: whatever the state folder is.</summary>
    /// <exception cref="CommandFailure">A setting has a value that is not allowed.</exception>
    public static PlatformSettings ReadSettingsOnly(ParseResult result)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (result.GetValue(Project) is { } project)
            given[SettingNames.Project] = project;
        if (result.GetValue(Mode) is { } mode)
            given[SettingNames.Mode] = mode;
        if (result.GetValue(ConfigDir) is { } folder)
            given[SettingNames.ConfigDir] = folder;
        return PlatformSettings.Read(SettingSources.Read(given, result.GetValue(EnvFile)));
    }
}
