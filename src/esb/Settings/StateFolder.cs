using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>
/// The folder <c>&lt;S&gt;</c> of one environment: what its platform is, logs and keeps. Nothing here is for a person
/// to edit.
/// </summary>
internal sealed record StateFolder(string Path)
{
    /// <summary>The environment of those who name none and have chosen none.</summary>
    public const string Usual = "default";

    private const int LongestName = 63;

    public string PlatformFile => In("platform.json");

    public string FormatFile => In("format");

    /// <summary>What <c>esb up</c> remembers for the next one.</summary>
    public string EnvironmentFile => In("environment.json");

    /// <summary>The configuration folder of process mode where nobody says another.</summary>
    public string Configuration => In("config");

    public string InterpretersFile => In("interpreters.json");

    public string Run => In("run");

    public string Logs => In("logs");

    public string FunctionLogs => In("logs", "functions");

    public string Asynchronous => In("asynchronous");

    public string Database => In("database");

    public string Objects => In("objects");

    public string Stores => In("stores");

    /// <summary>What tables and buckets held when they were deleted.</summary>
    public string Snapshots => In("snapshots");

    public string Code => In("code");

    public string Layers => In("layers");

    /// <summary>Which configuration folders name code of this environment: a file with a path each.</summary>
    public string Configurations => In("configurations");

    /// <summary>What platforms with their configuration inside name: a functions.yml each.</summary>
    public string Builds => In("builds");

    /// <summary>Which images of functions came with a bundle: a file with a name each.</summary>
    public string LoadedImages => In("images");

    /// <summary>
    /// Locked by who takes code or images that lie ready, shared, and by who removes them, alone. Of all environments,
    /// since these share an engine.
    /// </summary>
    public string CodeLock => System.IO.Path.Combine(Root, ".code.lock");

    /// <summary>The folder of all environments.</summary>
    public string Root => System.IO.Path.GetDirectoryName(Path)!;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>A platform was started from it, now or once.</summary>
    public bool WasStarted => File.Exists(CredentialsFile) || File.Exists(PlatformFile);

    public string CredentialsFile => In("credentials");

    /// <summary>What units of systemd read.</summary>
    public string UnitSettingsFile => In("systemd.env");

    /// <summary>As people write it: with <c>~</c> for the home folder.</summary>
    public string Display
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("HOME");
            return !string.IsNullOrEmpty(home) && Path.StartsWith(home + "/", StringComparison.Ordinal)
                ? "~" + Path[home.Length..]
                : Path;
        }
    }

    /// <exception cref="CommandFailure">The name cannot be that of a folder, or no home folder is known.</exception>
    public static StateFolder Of(SettingSources sources, string project)
    {
        if (!CanBe(project))
            throw new SettingException(
                sources[SettingNames.Environment] == project ? "--env" : SettingNames.Project,
                project,
                "letters, digits, '-' and '_', at most 63 of them");
        return new StateFolder(System.IO.Path.Combine(RootOf(sources), project));
    }

    /// <summary>An environment's folder may have this name.</summary>
    public static bool CanBe(string name) =>
        name.Length is > 0 and <= LongestName
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Makes the folder and what belongs in it, for its owner only.</summary>
    public void Create()
    {
        foreach (var folder in new[] { Path, Run, Logs, FunctionLogs, Asynchronous, Database, Objects, Stores })
            OwnerOnlyFolder.Create(folder);
        StateFormat.Mark(this);
    }

    /// <summary>The folder of all environments.</summary>
    /// <exception cref="CommandFailure">No home folder is known.</exception>
    public static string RootOf(SettingSources sources)
    {
        // XDG Base Directory Specification: relative paths in XDG_STATE_HOME are to be ignored.
        if (sources[SettingNames.StateDir] is { } given)
            return System.IO.Path.GetFullPath(given);
        if (sources["XDG_STATE_HOME"] is { } xdg && System.IO.Path.IsPathRooted(xdg))
            return System.IO.Path.Combine(xdg, "esb");
        return sources["HOME"] is { } home
            ? System.IO.Path.Combine(home, ".local", "state", "esb")
            : throw CommandFailure.Usage(
                "HOME is not set, so there is no folder for the platform's state", $"set {SettingNames.StateDir}");
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
