using System.Globalization;
using Esb.Host.Logs;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>Everything that a command is told about the platform it works on, read once at its start.</summary>
internal sealed record PlatformSettings
{
    public const int MaxRevisions = 1000;

    /// <summary>Where the configuration of a checkout's Compose files is, below their folder.</summary>
    public const string UsualConfigFolder = "services/gateway/config";

    private const string UsualBakedFolder = "/app/config";
    private const int UsualRevisions = 20;

    /// <summary>The environment by the name of its folder.</summary>
    public required string Project { get; init; }

    /// <summary>What its platform is marked as, or will be by the next deploy; null: it is not marked.</summary>
    public string? Environment { get; init; }

    /// <summary>Somebody said it, so that a deploy marks the platform.</summary>
    public bool EnvironmentIsGiven { get; init; }

    /// <summary>What code, images and generated files are named by, and the section of <c>samconfig.toml</c>.</summary>
    public string EnvironmentOfDeploys => Environment ?? "dev";

    /// <summary>As people call it.</summary>
    public string EnvironmentName => Environment ?? Project;

    /// <summary>What <c>--mode</c> is where it is not given.</summary>
    public PlatformMode Mode { get; init; } = PlatformMode.Process;

    /// <summary>Somebody said the mode.</summary>
    public bool ModeIsGiven { get; init; }

    /// <summary>The platform is a Compose project.</summary>
    public bool IsInContainers => Mode.UsesContainers;

    public required StateFolder State { get; init; }

    /// <summary>CONFIG_DIR, absolute; may not be there yet.</summary>
    public required string ConfigFolder { get; init; }

    /// <summary>Somebody said it, so that no other folder is looked for.</summary>
    public bool ConfigFolderIsGiven { get; init; }

    /// <summary>
    /// What a gateway of process mode serves as long as nothing stands in <see cref="ConfigFolder"/>.
    /// </summary>
    public string BakedFolder { get; init; } = UsualBakedFolder;

    /// <summary>Where the sibling binaries are.</summary>
    public required string BinaryFolder { get; init; }

    public required PlatformPorts Ports { get; init; }

    /// <summary>The settings of ports that somebody said.</summary>
    public IReadOnlySet<string> GivenPorts { get; init; } = new HashSet<string>();

    /// <summary>Null: the platform starts its own.</summary>
    public Uri? DatabaseEndpoint { get; init; }

    /// <summary>Null: the platform starts its own.</summary>
    public Uri? ObjectStoreEndpoint { get; init; }

    /// <summary>Null: the gateway's own.</summary>
    public Uri? LambdaEndpoint { get; init; }

    /// <summary>The gateway's public port speaks TLS.</summary>
    public bool GatewayIsSecure { get; init; }

    /// <summary>For the modes in which functions are containers.</summary>
    public required ContainerSettings Containers { get; init; }

    public required string Region { get; init; }

    /// <summary>How much of each log process mode keeps.</summary>
    public LogBounds LogBounds { get; init; } = LogBounds.Default;

    /// <summary>How often the gateway looks at its files.</summary>
    public required string ReloadInterval { get; init; }

    /// <summary>
    /// How many revisions of a configuration folder are kept, the current one among them, 1 to
    /// <see cref="MaxRevisions"/>.
    /// </summary>
    public int KeepRevisions { get; init; } = UsualRevisions;

    /// <summary>Null: the one that the platform was last started with, see <c>Credentials</c>.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Null: the one that was generated at the first start, see <c>Credentials</c>.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>All of the <c>.env</c> file; the gateway gets it too.</summary>
    public required IReadOnlyDictionary<string, string> EnvFile { get; init; }

    /// <summary><c>AWS::Region</c> of templates and the region of the stores.</summary>
    public static string RegionOf(SettingSources sources) =>
        sources[SettingNames.Region] ?? sources.Or(SettingNames.DefaultRegion, "us-east-1");

    /// <summary>CONFIG_DIR, absolute, as the platforms of containers have it.</summary>
    /// <exception cref="CommandFailure">Nobody said it, and a link of the project is in the usual place.</exception>
    public static string ConfigFolderOf(SettingSources sources)
    {
        if (sources[SettingNames.ConfigDir] is { } given)
            return Path.GetFullPath(given);
        ProjectLinks.Refuse(UsualConfigFolder);
        return Path.GetFullPath(UsualConfigFolder);
    }

    /// <exception cref="SettingException">A value that is not allowed.</exception>
    public static PlatformSettings Read(SettingSources sources)
    {
        var project = sources.Or(SettingNames.Project, StateFolder.Usual);
        var state = StateFolder.Of(sources, project);
        var mode = ModeOf(sources);
        SettingValues.Check(sources, mode);
        var remembered = !mode.UsesContainers ? RememberedEnvironment.Read(state) : new RememberedEnvironment();
        return new PlatformSettings
        {
            Project = project,
            Mode = mode,
            ModeIsGiven = sources[SettingNames.Mode] is not null,
            State = state,
            ConfigFolder = mode.UsesContainers || sources[SettingNames.ConfigDir] is not null
                ? ConfigFolderOf(sources)
                : ConfigFolderOf(state, remembered),
            ConfigFolderIsGiven = sources[SettingNames.ConfigDir] is not null,
            BakedFolder = Path.GetFullPath(sources.Or(SettingNames.BakedConfigDir, UsualBakedFolder)),
            BinaryFolder = Path.GetFullPath(sources.Or(SettingNames.BinDir, AppContext.BaseDirectory)),
            Ports = PlatformPorts.Read(sources, remembered.Ports),
            GivenPorts = SettingNames.Ports.Where(name => sources[name] is not null).ToHashSet(),
            DatabaseEndpoint = Endpoint(sources, SettingNames.DatabaseEndpoint),
            ObjectStoreEndpoint = Endpoint(sources, SettingNames.ObjectStoreEndpoint),
            LambdaEndpoint = Endpoint(sources, SettingNames.LambdaEndpoint),
            GatewayIsSecure = sources[SettingNames.TlsCertificate] is not null,
            Containers = ContainerSettings.Read(sources),
            Region = RegionOf(sources),
            LogBounds = LogBounds.Read(name => sources[name]),
            ReloadInterval = sources.Or(SettingNames.ReloadInterval, "250ms"),
            KeepRevisions = Revisions(
                SettingNames.KeepRevisions,
                sources.Or(SettingNames.KeepRevisions, UsualRevisions.ToString(CultureInfo.InvariantCulture))),
            AccessKeyId = sources[SettingNames.AccessKeyId],
            SecretAccessKey = sources[SettingNames.SecretAccessKey],
            EnvFile = sources.File,
        };
    }

    /// <summary>A number of revisions to keep.</summary>
    /// <exception cref="SettingException">It is not a number of revisions that can be kept.</exception>
    public static int Revisions(string name, string text) =>
        (int)WholeNumber.Parse(name, text, 1, MaxRevisions, "a number of revisions");

    // Process mode, where nobody says another one: never below the folder in which somebody happens to stand.
    private static string ConfigFolderOf(StateFolder state, RememberedEnvironment remembered) =>
        remembered.ConfigDir is { } folder && Directory.Exists(folder) ? folder : state.Configuration;

    /// <summary>What functions are.</summary>
    /// <exception cref="SettingException">There is no such mode.</exception>
    public static PlatformMode ModeOf(SettingSources sources)
    {
        var mode = sources.Or(SettingNames.Mode, PlatformMode.Process.Name);
        var name = sources.IsOnCommandLine(SettingNames.Mode) ? "--mode" : SettingNames.Mode;
        return PlatformMode.Find(mode) ?? throw new SettingException(name, mode, PlatformMode.Allowed);
    }

    private static Uri? Endpoint(SettingSources sources, string name) =>
        sources[name] is { } text ? HttpUrl.Parse(name, text) : null;
}
