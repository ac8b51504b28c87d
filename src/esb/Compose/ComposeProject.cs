using Esb.Cli.Settings;

namespace Esb.Cli.Compose;

/// <summary>The Compose project of a platform in containers, as command-line options.</summary>
/// <param name="Options">The options between <c>docker compose</c> and the command.</param>
/// <param name="Environment">Variables for Compose, in addition to the environment and the <c>.env</c> file.</param>
internal sealed record ComposeProject(IReadOnlyList<string> Options, IReadOnlyDictionary<string, string?> Environment)
{
    private const string DefaultProject = "default";

    /// <exception cref="CommandFailure">The Compose file of the mode is not in the working folder.</exception>
    public static ComposeProject Of(PlatformSettings settings, PlatformMode mode)
    {
        List<string> options = [];
        if (settings.Project != DefaultProject)
            options.AddRange(["--project-name", settings.Project.ToLowerInvariant()]);
        if (settings.Containers.EnvFilePath is { } file)
            options.AddRange(["--env-file", file]);
        if (!settings.Containers.ComposeFilesAreSet)
            options.AddRange(["--file", DefaultFile(mode)]);
        return new ComposeProject(
            options, new Dictionary<string, string?> { [SettingNames.ConfigDir] = settings.ConfigFolder });
    }

    /// <summary>The arguments of <c>docker</c> for a Compose command. Compose itself prints errors only.</summary>
    public IReadOnlyList<string> Command(params ReadOnlySpan<string> command) =>
        ["compose", "--progress", "quiet", .. Options, .. command];

    private static string DefaultFile(PlatformMode mode)
    {
        var file = Path.GetFullPath(mode.ComposeFile);
        return File.Exists(file)
            ? file
            : throw CommandFailure.Environment(
                $"there is no {mode.ComposeFile} here",
                "run esb where the platform's Compose file is, or name it with COMPOSE_FILE");
    }
}
