using Esb.Cli.Admin;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>What the gateway reports.</summary>
/// <param name="Address">The address that was asked.</param>
/// <param name="Expected">Whether it should be running; null when that is not known.</param>
/// <param name="Answered">Whether a gateway answered.</param>
/// <param name="Served">The hash of the configuration that it serves.</param>
/// <param name="Error">Why it does not serve the newest files.</param>
/// <param name="OnDisk">The hash of the files.</param>
/// <param name="Folder">The folder of those files.</param>
/// <param name="OtherFolder">The folder that this esb writes to, if it is another one.</param>
internal sealed record GatewayReading(
    string Address,
    bool? Expected,
    bool Answered,
    string Served,
    string? Error,
    string OnDisk,
    string Folder,
    string? OtherFolder);

/// <summary>Checks that the gateway serves its files.</summary>
internal static class GatewayCheck
{
    private const string Name = "gateway";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(
        DiagnosedPlatform platform, CancellationToken cancellationToken) =>
        Of(await Reader.ReadAsync(platform, cancellationToken));

    public static IEnumerable<Finding> Of(GatewayReading gateway)
    {
        if (!gateway.Answered)
        {
            if (gateway.Expected == true)
                yield return Finding.Fail(
                    Name,
                    $"it is running, but {gateway.Address}/health does not answer",
                    "esb down, then esb up; its log may say why");
            else if (gateway.Expected is null)
                yield return Finding.Warn(
                    Name,
                    $"{gateway.Address} does not answer",
                    "start the platform with docker compose up -d, see docs/containers.md");
            yield break;
        }

        if (gateway.OtherFolder is { } other)
            yield return Finding.Warn(
                Name,
                $"it reads {gateway.Folder}, but this esb writes to {other}",
                "esb down, then esb up with the folder you want, or give the same --config-dir");
        if (gateway.Error is { } error)
            yield return Finding.Fail(
                Name,
                $"it serves configuration {gateway.Served}, not the newest files: {error}",
                "correct the file, or deploy again");
        else if (gateway.Served != gateway.OnDisk)
            yield return Finding.Fail(
                Name,
                $"it serves configuration {gateway.Served}, but {gateway.Folder} has {gateway.OnDisk}",
                "does it read another folder, or is its CONFIG_RELOAD_INTERVAL long? A moment after a deploy, "
                    + "ask again");
        else
            yield return Finding.Ok(
                Name, $"{gateway.Address} serves configuration {gateway.Served}, as in {gateway.Folder}");
    }

    /// <summary>Asks the gateway's public port, as a client reaches it, and hashes the files.</summary>
    private static class Reader
    {
        private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

        public static async Task<GatewayReading> ReadAsync(
            DiagnosedPlatform platform, CancellationToken cancellationToken)
        {
            var settings = platform.Settings;
            var address = Address(platform);
            var folder = platform.State?.ConfigDir ?? settings.ConfigFolder;
            var runs = platform.Find(ComponentKind.Gateway) is not null;
            var readsAnother = runs && settings.ConfigFolderIsGiven && folder != settings.ConfigFolder;
            using var http = LocalHttp.ToGateway();
            var health = await new AdminClient(http, address, address).HealthAsync(Timeout, cancellationToken);
            return new GatewayReading(
                address.GetLeftPart(UriPartial.Authority),
                settings.IsInContainers ? null : runs,
                health is not null,
                health?.Configuration.Hash ?? "",
                health?.Configuration.Error?.Message,
                ConfigurationHash.Of(
                    Bytes(folder, ConfigurationFiles.Functions), Bytes(folder, ConfigurationFiles.Routing)),
                folder,
                readsAnother ? settings.ConfigFolder : null);
        }

        internal static Uri Address(DiagnosedPlatform platform)
        {
            var defaults = PlatformAddresses.Of(platform.Settings, "").Gateway;
            return platform.Settings.IsInContainers
                ? new UriBuilder(defaults) { Host = platform.Settings.Containers.GatewayHost }.Uri
                : platform.State?.Addresses.Gateway ?? defaults;
        }

        private static byte[] Bytes(string folder, string name)
        {
            try
            {
                return OrdinaryFile.ReadAll(Path.Combine(folder, name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }
}
