using Esb.Cli.Admin;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>What the gateway says about itself.</summary>
/// <param name="Address">Where it was asked.</param>
/// <param name="Expected">It should be running; null when nobody knows.</param>
/// <param name="Answered">A gateway answered there.</param>
/// <param name="Served">The hash of what it serves.</param>
/// <param name="Error">Why it does not serve the newest files, in its words.</param>
/// <param name="OnDisk">The hash of the files as they are.</param>
/// <param name="Folder">The folder of those files.</param>
/// <param name="OtherFolder">The folder that this esb is told to write to, where that is another one.</param>
internal sealed record GatewayReading(string Address, bool? Expected, bool Answered, string Served, string? Error, string OnDisk, string Folder, string? OtherFolder);

/// <summary>The gateway serves what stands in its files.</summary>
internal static class GatewayCheck
{
    private const string Name = "gateway";

    /// <summary>Looks, and judges what it sees.</summary>
    public static async Task<IEnumerable<Finding>> RunAsync(Patient patient, CancellationToken cancellationToken) =>
        Of(await Reader.ReadAsync(patient, cancellationToken));

    public static IEnumerable<Finding> Of(GatewayReading gateway)
    {
        if (!gateway.Answered)
        {
            if (gateway.Expected == true)
                yield return Finding.Fail(Name, $"it runs, but {gateway.Address}/health does not answer", "esb down, then esb up; its log may say why");
            else if (gateway.Expected is null)
                yield return Finding.Warn(Name, $"{gateway.Address} does not answer", "start the platform with docker compose up -d, see docs/containers.md");
            yield break;
        }

        if (gateway.OtherFolder is { } other)
            yield return Finding.Warn(Name, $"it reads {gateway.Folder}, this esb writes to {other}", "esb down, then esb up with the folder you want, or give the same --config-dir");
        if (gateway.Error is { } error)
            yield return Finding.Fail(Name, $"it serves configuration {gateway.Served}, not the newest files: {error}", "mend the file, or deploy again");
        else if (gateway.Served != gateway.OnDisk)
            yield return Finding.Fail(Name, $"it serves configuration {gateway.Served}, in {gateway.Folder} stands {gateway.OnDisk}", "does it read another folder, or is its CONFIG_RELOAD_INTERVAL long? A moment after a deploy, ask again");
        else
            yield return Finding.Ok(Name, $"{gateway.Address} serves configuration {gateway.Served}, as it stands in {gateway.Folder}");
    }

    /// <summary>Asks the gateway's public port, as a client reaches it, and hashes the files.</summary>
    private static class Reader
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

        public static async Task<GatewayReading> ReadAsync(Patient patient, CancellationToken cancellationToken)
        {
            var settings = patient.Settings;
            var address = Address(patient);
            var folder = patient.State?.ConfigDir ?? settings.ConfigFolder;
            var runs = patient.Find(ComponentKind.Gateway) is not null;
            var readsAnother = runs && settings.ConfigFolderIsGiven && folder != settings.ConfigFolder;
            using var http = LocalHttp.ToGateway();
            var health = await new AdminClient(http, address, address).HealthAsync(Patience, cancellationToken);
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

        internal static Uri Address(Patient patient)
        {
            var usual = PlatformAddresses.Of(patient.Settings, "").Gateway;
            return patient.Settings.IsInContainers
                ? new UriBuilder(usual) { Host = patient.Settings.Containers.GatewayHost }.Uri
                : patient.State?.Addresses.Gateway ?? usual;
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
