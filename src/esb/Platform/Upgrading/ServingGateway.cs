using Esb.Cli.Admin;
using Esb.Cli.Processes;

namespace Esb.Cli.Platform.Upgrading;

/// <summary>
/// The gateway that answers on a platform's admin port. It is the one that serves, since a gateway that is being
/// replaced no longer answers there.
/// </summary>
/// <param name="Version">The version of its binary.</param>
/// <param name="Pid">Its process.</param>
internal sealed record ServingGateway(string Version, int Pid)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Whether it was started for this platform, and not for another one that now has the port.</summary>
    public bool IsOf(PlatformAddresses addresses) =>
        ProcessEnvironment.Of(Pid)?.GetValueOrDefault(ComponentSpecs.HandOverSocket)
            == ComponentSpecs.HandOverPath(addresses);

    /// <returns>Null when nothing answers, or something other than a gateway.</returns>
    public static async Task<ServingGateway?> AskAsync(
        HttpClient http, PlatformAddresses addresses, CancellationToken cancellationToken)
    {
        var admin = new AdminClient(http, addresses.Admin, addresses.Gateway);
        return await admin.ServingAsync(Timeout, cancellationToken) is { } status
            ? new ServingGateway(status.Version, status.Pid)
            : null;
    }
}
