using System.Globalization;
using Esb.Host.Logs;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>The settings of the platform that a command works on, read once at its start.</summary>
internal sealed record PlatformSettings
{
    public const int MaxRevisions = 1000;

    /// <summary>The configuration folder of a checkout's Compose files, relative to them.</summary>
    public const string DefaultConfigFolder = "services/gateway/config";

    private const string DefaultBakedFolder = "/app/config";
    private const int DefaultRevisions = 20;

    /// <summary>The name of the environment's folder.</summary>
    public required string Project { get; init; }

    /// <summary>
    /// The environment that its folder is marked with, or will be by the next deploy; null when it is not marked.
    /// </summary>
    public string? Environment { get; init; }

    /// <summary>Whether the user named the environment, so that a deploy marks the folder.</summary>
    public bool EnvironmentIsGiven { get; init; }

    /// <summary>
    /// The name used for code, images and generated files, and for the section of <c>samconfig.toml</c>.
    /// </summary>
    public string EnvironmentOfDeploys => Environment ?? "dev";

    /// <summary>The name for people.</summary>
    public string EnvironmentName => Environment ?? Project;

    /// <summary>The mode of the platform.</summary>
    public PlatformMode Mode { get; init; } = PlatformMode.Process;

    /// <summary>Whether the user gave the mode.</summary>
    public bool ModeIsGiven { get; init; }

    /// <summary>Whether the platform is a Compose project.</summary>
    public bool IsInContainers => Mode.UsesContainers;

    public required StateFolder State { get; init; }

    /// <summary>CONFIG_DIR, absolute; it may not exist yet.</summary>
    public required string ConfigFolder { get; init; }

    /// <summary>Whether the user named the folder, so that no other one is considered.</summary>
    public bool ConfigFolderIsGiven { get; init; }

    /// <summary>The folder that a gateway in process mode serves while <see cref="ConfigFolder"/> is empty.</summary>
    public string BakedFolder { get; init; } = DefaultBakedFolder;

    /// <summary>The folder of ESB's binaries.</summary>
    public required string BinaryFolder { get; init; }

    public required PlatformPorts Ports { get; init; }

    /// <summary>The port settings that the user gave.</summary>
    public IReadOnlySet<string> GivenPorts { get; init; } = new HashSet<string>();

    /// <summary>The name that the user gave to the port of the stores: perhaps the former one.</summary>
    public string StoresPortName { get; init; } = SettingNames.StoresPort;

    /// <summary>The former names of settings that the user gave.</summary>
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>The endpoint of the database; null when the platform starts its own.</summary>
    public Uri? DatabaseEndpoint { get; init; }

    /// <summary>The endpoint of the object store; null when the platform starts its own.</summary>
    public Uri? ObjectStoreEndpoint { get; init; }

    /// <summary>The endpoint of the Lambda API; null for the gateway's own.</summary>
    public Uri? LambdaEndpoint { get; init; }

    /// <summary>Whether the gateway's public port uses TLS.</summary>
    public bool GatewayIsSecure { get; init; }

    /// <summary>The settings of the container modes.</summary>
    public required ContainerSettings Containers { get; init; }

    public required string Region { get; init; }

    /// <summary>The limits of each log in process mode.</summary>
    public LogBounds LogBounds { get; init; } = LogBounds.Default;

    /// <summary>The interval at which the gateway checks its files.</summary>
    public required string ReloadInterval { get; init; }

    /// <summary>
    /// The number of revisions to keep in a configuration folder, including the current one, 1 to
    /// <see cref="MaxRevisions"/>.
    /// </summary>
    public int KeepRevisions { get; init; } = DefaultRevisions;

    /// <summary>
    /// The access key id; null for the one that the platform was last started with, see <c>Credentials</c>.
    /// </summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret; null for the one that was generated at the first start, see <c>Credentials</c>.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>The whole <c>.env</c> file, which the gateway gets too.</summary>
    public required IReadOnlyDictionary<string, string> EnvFile { get; init; }

    /// <summary><c>AWS::Region</c> of templates and the region of the stores.</summary>
    public static string RegionOf(SettingSources sources) =>
        sources[SettingNames.Region] ?? sources.Or(SettingNames.DefaultRegion, "us-east-1");

    /// <summary>CONFIG_DIR of a platform in containers, absolute.</summary>
    /// <exception cref="CommandFailure">No folder is given, and the default folder is a link of the
    /// project.</exception>
    public static string ConfigFolderOf(SettingSources sources)
    {
        if (sources[SettingNames.ConfigDir] is { } given)
            return Path.GetFullPath(given);
        ProjectLinks.Refuse(DefaultConfigFolder);
        return Path.GetFullPath(DefaultConfigFolder);
    }

    /// <exception cref="SettingException">A value is not allowed.</exception>
    public static PlatformSettings Read(SettingSources sources)
    {
        var project = sources.Or(SettingNames.Project, StateFolder.Default);
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
            BakedFolder = Path.GetFullPath(sources.Or(SettingNames.BakedConfigDir, DefaultBakedFolder)),
            BinaryFolder = Path.GetFullPath(sources.Or(SettingNames.BinDir, AppContext.BaseDirectory)),
            Ports = PlatformPorts.Read(sources, remembered.Ports),
            GivenPorts = SettingNames.Ports.Where(name => IsGiven(sources, name)).ToHashSet(),
            StoresPortName = PlatformPorts.NameOfStores(sources),
            FormerNames = FormerSettings.Given(sources),
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
                sources.Or(SettingNames.KeepRevisions, DefaultRevisions.ToString(CultureInfo.InvariantCulture))),
            AccessKeyId = sources[SettingNames.AccessKeyId],
            SecretAccessKey = sources[SettingNames.SecretAccessKey],
            EnvFile = sources.File,
        };
    }

    /// <summary>Parses a number of revisions to keep.</summary>
    /// <exception cref="SettingException">The number is not allowed.</exception>
    public static int Revisions(string name, string text) =>
        (int)WholeNumber.Parse(name, text, 1, MaxRevisions, "a number of revisions");

    // The default of process mode, which does not depend on the working folder.
    private static string ConfigFolderOf(StateFolder state, RememberedEnvironment remembered) =>
        remembered.ConfigDir is { } folder && Directory.Exists(folder) ? folder : state.Configuration;

    /// <summary>The mode that the settings name.</summary>
    /// <exception cref="SettingException">There is no such mode.</exception>
    public static PlatformMode ModeOf(SettingSources sources)
    {
        var mode = sources.Or(SettingNames.Mode, PlatformMode.Process.Name);
        var name = sources.IsOnCommandLine(SettingNames.Mode) ? "--mode" : SettingNames.Mode;
        return PlatformMode.Find(mode) ?? throw new SettingException(name, mode, PlatformMode.Allowed);
    }

    private static bool IsGiven(SettingSources sources, string port) =>
        sources[port == SettingNames.StoresPort ? PlatformPorts.NameOfStores(sources) : port] is not null;

    private static Uri? Endpoint(SettingSources sources, string name) =>
        sources[name] is { } text ? HttpUrl.Parse(name, text) : null;
}
