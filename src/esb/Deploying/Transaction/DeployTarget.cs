using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The platform of a deploy: the folder it writes, the stores it provisions, the gateway it waits for.
/// </summary>
/// <param name="Folder">The configuration folder, absolute.</param>
/// <param name="Provisioner">Null when there are no stores.</param>
/// <param name="Addresses">The addresses of the platform, running or not.</param>
/// <param name="GatewayRuns">Whether a gateway of this project is known to run.</param>
/// <param name="GatewayFolder">The folder that the gateway reads; null when unknown.</param>
internal sealed record DeployTarget(
    string Folder, IProvisioner? Provisioner, PlatformAddresses Addresses, bool GatewayRuns, string? GatewayFolder)
{
    /// <summary>Whether the gateway's admin port can be reached from here.</summary>
    public bool AdminIsOpen { get; init; } = true;

    /// <summary>Opens a connection to its gateway, running or not; null when the gateway is not queried.</summary>
    public Func<GatewayConnection>? OpenGateway { get; init; }

    /// <summary>
    /// Reads the baked-in configuration of a gateway that does not run; null when nothing can be baked in.
    /// </summary>
    public Func<CancellationToken, Task<ServedDocuments?>>? ReadBakedAsync { get; init; }

    /// <summary>The command that starts the platform.</summary>
    public string HowToStart { get; init; } = "esb up";

    /// <summary>
    /// Whether the gateway runs as the deploying user. A new functions.yml or routing.yml, which may hold secrets, is
    /// then readable by that user only.
    /// </summary>
    public bool OwnerOnly { get; init; }

    /// <summary>Whether the gateway reads the folder; otherwise waiting for it makes no sense.</summary>
    public bool GatewayReadsIt => GatewayFolder is null || RealPath(GatewayFolder) == RealPath(Folder);

    private static string RealPath(string folder) =>
        new DirectoryInfo(folder) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
            : folder.TrimEnd('/');

    /// <summary>The configuration folder alone, for commands that only read it.</summary>
    public static string FolderOf(PlatformSettings settings) =>
        settings.IsInContainers
            ? settings.ConfigFolder
            : FolderOf(
                settings,
                PlatformState.Read(settings.State) is { } platform && platform.Find(ComponentKind.Gateway) is not null
                    ? platform.ConfigDir
                    : null);

    // The folder that the user named, otherwise that of the running gateway, otherwise the default.
    private static string FolderOf(PlatformSettings settings, string? read) =>
        settings.ConfigFolderIsGiven ? settings.ConfigFolder : read ?? settings.ConfigFolder;

    public static DeployTarget Of(PlatformSettings settings)
    {
        var platform = PlatformState.Read(settings.State);
        var gateway = platform?.Find(ComponentKind.Gateway);
        var read = gateway is null ? null : platform!.ConfigDir;
        var folder = FolderOf(settings, read);
        var stores = ProvisionerEnvironment.Of(settings, platform, Credentials.Kept(settings.State));
        return new DeployTarget(
            folder,
            stores is null ? null : new ProvisionerProcess(Binaries.Find(settings, Binaries.Provisioner), stores),
            platform?.Addresses ?? PlatformAddresses.Of(settings, ""),
            gateway is not null,
            read)
        {
            OwnerOnly = true,
            HowToStart =
                settings.Project == StateFolder.Default ? "esb up" : $"esb up --env {settings.EnvironmentName}",
            OpenGateway = () => GatewayConnection.Open(settings),
            ReadBakedAsync = _ => Task.FromResult(ServedDocuments.Baked(settings.BakedFolder)),
        };
    }
}
