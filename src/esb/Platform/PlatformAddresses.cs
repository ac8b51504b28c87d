using System.Globalization;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>The addresses of the parts of a platform.</summary>
internal sealed record PlatformAddresses(
    Uri Gateway, Uri Admin, string RuntimeApi, Uri Database, Uri ObjectStore, string AgentSocket)
{
    public static PlatformAddresses Of(PlatformSettings settings, string agentSocket) => new(
        new UriBuilder(Local(settings.Ports.Gateway))
        {
            Scheme = settings.GatewayIsSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp,
        }.Uri,
        Local(settings.Ports.Admin),
        string.Create(CultureInfo.InvariantCulture, $":{settings.Ports.RuntimeApi}"),
        settings.DatabaseEndpoint ?? Local(settings.Ports.Database),
        settings.ObjectStoreEndpoint ?? Local(settings.Ports.ObjectStore),
        agentSocket);

    /// <summary>The addresses for a start, in which running parts keep theirs.</summary>
    public PlatformAddresses Keeping(PlatformAddresses? earlier, IReadOnlyCollection<ComponentKind> running)
    {
        if (earlier is null)
            return this;
        var gateway = running.Contains(ComponentKind.Gateway) ? earlier : this;
        return new PlatformAddresses(
            gateway.Gateway,
            gateway.Admin,
            gateway.RuntimeApi,
            running.Contains(ComponentKind.Database) ? earlier.Database : Database,
            running.Contains(ComponentKind.ObjectStore) ? earlier.ObjectStore : ObjectStore,
            running.Contains(ComponentKind.Agent) ? earlier.AgentSocket : AgentSocket);
    }

    private static Uri Local(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
