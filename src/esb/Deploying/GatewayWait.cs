using Esb.Cli.Admin;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Gateway;

namespace Esb.Cli.Deploying;

/// <summary>Waits until the gateway of a target serves the written configuration.</summary>
internal static class GatewayWait
{
    /// <returns>Null when the command does not wait.</returns>
    /// <exception cref="DeployInterrupted">The wait was interrupted; the written files stay.</exception>
    public static async Task<Confirmation?> ForAsync(
        DeployTarget target, string hash, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        if (timeout == TimeSpan.Zero || !target.GatewayReadsIt)
            return null;
        using var http = LocalHttp.ToGateway();
        try
        {
            var admin = new AdminClient(http, target.Addresses.Admin, target.Addresses.Gateway);
            return await new GatewayConfirmation(admin, target.AdminIsOpen, target.Folder, time)
                .WaitAsync(hash, target.GatewayRuns, timeout, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new DeployInterrupted(
                $"while waiting for the gateway: configuration {hash} is written to {target.Folder} and will be served",
                cancellationToken);
        }
    }
}
