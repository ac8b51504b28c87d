using System.Globalization;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>The addresses of the parts of a platform, and of the services that functions use.</summary>
internal sealed record PlatformAddresses(
    Uri Gateway, Uri Admin, string RuntimeApi, Uri Database, Uri ObjectStore, string AgentSocket)
{
    /// <summary>The platform's own stores; null in a file of an earlier version.</summary>
    public Uri? Stores { get; init; }

    public static PlatformAddresses Of(PlatformSettings settings, string agentSocket) => new(
        new UriBuilder(Local(settings.Ports.Gateway))
        {
            Scheme = settings.GatewayIsSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp,
        }.Uri,
        Local(settings.Ports.Admin),
        string.Create(CultureInfo.InvariantCulture, $":{settings.Ports.RuntimeApi}"),
        settings.DatabaseEndpoint ?? Local(settings.Ports.Stores),
        settings.ObjectStoreEndpoint ?? Local(settings.Ports.Stores),
        agentSocket)
    {
        Stores = Local(settings.Ports.Stores),
    };

    /// <summary>The addresses for a start, in which running parts keep theirs.</summary>
    public PlatformAddresses Keeping(PlatformAddresses? earlier, IReadOnlyCollection<ComponentKind> running)
    {
        if (earlier is null)
            return this;
        var stores = running.Contains(ComponentKind.Stores) ? earlier.Stores! : Stores!;
        var gateway = running.Contains(ComponentKind.Gateway) ? earlier : this;
        return new PlatformAddresses(
            gateway.Gateway,
            gateway.Admin,
            gateway.RuntimeApi,
            running.Contains(ComponentKind.EarlierDatabase) ? earlier.Database : Kept(Database),
            running.Contains(ComponentKind.EarlierObjectStore) ? earlier.ObjectStore : Kept(ObjectStore),
            running.Contains(ComponentKind.Agent) ? earlier.AgentSocket : AgentSocket)
        {
            Stores = stores,
        };

        Uri Kept(Uri endpoint) => endpoint == Stores ? stores : endpoint;
    }

    private static Uri Local(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
