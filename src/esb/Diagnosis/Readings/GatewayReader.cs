using Esb.Cli.Admin;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Asks the gateway's public port, as a client reaches it, and hashes the files.</summary>
internal static class GatewayReader
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
            return File.ReadAllBytes(Path.Combine(folder, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
