using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Host.Files;
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
        var reply = await HealthAsync(address, cancellationToken);
        return new GatewayReading(
            address.GetLeftPart(UriPartial.Authority),
            settings.IsInContainers ? null : patient.Find(ComponentKind.Gateway) is not null,
            reply is not null,
            reply?.Hash ?? "",
            reply?.Error,
            ConfigurationHash.Of(Bytes(folder, ConfigurationFiles.Functions), Bytes(folder, ConfigurationFiles.Routing)),
            folder,
            patient.Find(ComponentKind.Gateway) is not null && folder != settings.ConfigFolder && settings.ConfigFolderIsGiven ? settings.ConfigFolder : null);
    }

    internal static Uri Address(Patient patient)
    {
        var usual = PlatformAddresses.Of(patient.Settings, "").Gateway;
        return patient.Settings.IsInContainers ? new UriBuilder(usual) { Host = patient.Settings.Containers.GatewayHost }.Uri : patient.State?.Addresses.Gateway ?? usual;
    }

    private static async Task<HealthReply?> HealthAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var http = LocalHttp.ToGateway();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return HealthReply.Parse(await http.GetByteArrayAsync(new Uri(gateway, "/health"), patience.Token));
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
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
