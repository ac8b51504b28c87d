using Esb.Cli.Settings;

namespace Esb.Cli.Compose;

/// <summary>The Compose project that a platform of containers is, as one would name it on the command line.</summary>
/// <param name="Options">Between <c>docker compose</c> and the command.</param>
/// <param name="Environment">What Compose reads beside the environment and the <c>.env</c> file.</param>
internal sealed record ComposeProject(IReadOnlyList<string> Options, IReadOnlyDictionary<string, string?> Environment)
{
    private const string UsualProject = "default";

    /// <exception cref="CommandFailure">The mode's file is not here.</exception>
    public static ComposeProject Of(PlatformSettings settings, PlatformMode mode)
    {
        List<string> options = [];
        if (settings.Project != UsualProject)
            options.AddRange(["--project-name", settings.Project.ToLowerInvariant()]);
        if (settings.Containers.EnvFilePath is { } file)
            options.AddRange(["--env-file", file]);
        if (!settings.Containers.ComposeFilesAreSet)
            options.AddRange(["--file", UsualFile(mode)]);
        return new ComposeProject(options, new Dictionary<string, string?> { [SettingNames.ConfigDir] = settings.ConfigFolder });
    }

    /// <summary>A whole command line, to follow <c>docker</c>. Of Compose itself only errors are heard.</summary>
    public IReadOnlyList<string> Command(params ReadOnlySpan<string> command) => ["compose", "--progress", "quiet", .. Options, .. command];

    private static string UsualFile(PlatformMode mode)
    {
        var file = Path.GetFullPath(mode.ComposeFile);
        return File.Exists(file)
            ? file
            : throw CommandFailure.Environment($"there is no {mode.ComposeFile} here", "run esb where the platform's Compose file is, or name it with COMPOSE_FILE");
    }
}
