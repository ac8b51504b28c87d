using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>Where a deploy goes: the folder it writes, the stores it provisions, the gateway it waits for.</summary>
/// <param name="Folder">The configuration folder, absolute.</param>
/// <param name="Provisioner">Null when there are no stores.</param>
/// <param name="Addresses">Of the platform, running or not.</param>
/// <param name="GatewayRuns">A gateway of this project is known to run.</param>
/// <param name="GatewayFolder">The folder that it reads; null when it is not known.</param>
internal sealed record DeployTarget(string Folder, IProvisioner? Provisioner, PlatformAddresses Addresses, bool GatewayRuns, string? GatewayFolder)
{
    /// <summary>The gateway's admin port can be reached from here.</summary>
    public bool AdminIsOpen { get; init; } = true;

    /// <summary>Opens a way to its gateway, running or not; null: nobody asks it.</summary>
    public Func<GatewayConnection>? OpenGateway { get; init; }

    /// <summary>Reads what a gateway that does not run would serve by itself, because it is baked in; null where that is not so.</summary>
    public Func<CancellationToken, Task<ServedDocuments?>>? ReadBakedAsync { get; init; }

    /// <summary>How a person starts the platform.</summary>
    public string HowToStart { get; init; } = "esb up";

    /// <summary>The gateway runs as the user who deploys: a new functions.yml, which may hold secrets, is readable for nobody else.</summary>
    public bool OwnerOnly { get; init; }

    /// <summary>Waiting makes no sense for a gateway that reads something else.</summary>
    public bool GatewayReadsIt => GatewayFolder is null || RealPath(GatewayFolder) == RealPath(Folder);

    private static string RealPath(string folder) =>
        new DirectoryInfo(folder) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : folder.TrimEnd('/');

    /// <summary>The configuration folder alone, for who only reads it.</summary>
    public static string FolderOf(PlatformSettings settings) =>
        settings.IsInContainers ? settings.ConfigFolder : FolderOf(settings, PlatformState.Read(settings.State) is { } platform && platform.Find(ComponentKind.Gateway) is not null ? platform.ConfigDir : null);

    // What somebody said, else what the running gateway reads, else the usual folder.
    private static string FolderOf(PlatformSettings settings, string? read) => settings.ConfigFolderIsGiven ? settings.ConfigFolder : read ?? settings.ConfigFolder;

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
            HowToStart = settings.Project == StateFolder.Usual ? "esb up" : $"esb up --env {settings.EnvironmentName}",
            OpenGateway = () => GatewayConnection.Open(settings),
            ReadBakedAsync = _ => Task.FromResult(ServedDocuments.Baked(settings.BakedFolder)),
        };
    }
}
