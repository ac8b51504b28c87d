using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>
/// The folder <c>&lt;S&gt;</c> of one environment: the state, logs and data of its platform. Nothing in it is meant to
/// be edited.
/// </summary>
internal sealed record StateFolder(string Path)
{
    /// <summary>The environment when none is named or chosen.</summary>
    public const string Default = "default";

    private const int MaxNameLength = 63;

    public string PlatformFile => In("platform.json");

    /// <summary>The name of <see cref="FormatFile"/>.</summary>
    public const string FormatName = "format";

    public string FormatFile => In(FormatName);

    /// <summary>The folder and ports that the next <c>esb up</c> reuses.</summary>
    public string EnvironmentFile => In("environment.json");

    /// <summary>The default configuration folder of process mode.</summary>
    public string Configuration => In("config");

    public string InterpretersFile => In("interpreters.json");

    public string Run => In("run");

    public string Logs => In("logs");

    public string FunctionLogs => In("logs", "functions");

    public string Asynchronous => In("asynchronous");

    public string Tables => In("tables");

    public string Objects => In("objects");

    /// <summary>The tables of earlier versions.</summary>
    public string EarlierDatabase => In("database");

    /// <summary>Snapshots of deleted tables and buckets.</summary>
    public string Snapshots => In("snapshots");

    public string Code => In("code");

    public string Layers => In("layers");

    /// <summary>The configuration folders that name code of this environment: one file with a path for each.</summary>
    public string Configurations => In("configurations");

    /// <summary>The configurations baked into images: one functions.yml for each.</summary>
    public string Builds => In("builds");

    /// <summary>The function images that came with a bundle: one file with a name for each.</summary>
    public string LoadedImages => In("images");

    /// <summary>
    /// The lock of staged code and images: shared by commands that use them, exclusive for commands that remove them.
    /// There is one lock for all environments, since they share an engine.
    /// </summary>
    public string CodeLock => System.IO.Path.Combine(Root, ".code.lock");

    /// <summary>The folder of all environments.</summary>
    public string Root => System.IO.Path.GetDirectoryName(Path)!;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether a platform was ever started from it.</summary>
    public bool WasStarted => File.Exists(CredentialsFile) || File.Exists(PlatformFile);

    /// <summary>Whether <see cref="Create"/> made the folder, or it is a copy of such a folder.</summary>
    public bool WasMade => File.Exists(FormatFile) && Directory.Exists(FunctionLogs) && Directory.Exists(Asynchronous);

    public string CredentialsFile => In("credentials");

    /// <summary>The settings of systemd units.</summary>
    public string UnitSettingsFile => In("systemd.env");

    /// <summary>The path for people, with <c>~</c> for the home folder.</summary>
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

    /// <exception cref="CommandFailure">The name is not allowed for a folder, or no home folder is known.</exception>
    public static StateFolder Of(SettingSources sources, string project)
    {
        if (!CanBe(project))
            throw new SettingException(
                sources[SettingNames.Environment] == project ? "--env" : SettingNames.Project,
                project,
                "letters, digits, '-' and '_', at most 63 of them");
        return new StateFolder(System.IO.Path.Combine(RootOf(sources), project));
    }

    /// <summary>Whether an environment's folder may have this name.</summary>
    public static bool CanBe(string name) =>
        name.Length is > 0 and <= MaxNameLength
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Creates the folder and its subfolders, for its owner only.</summary>
    public void Create()
    {
        foreach (var folder in new[] { Path, Run, Logs, FunctionLogs, Asynchronous, Objects, Tables })
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
