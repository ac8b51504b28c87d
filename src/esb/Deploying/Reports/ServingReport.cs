using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Reports;

/// <summary>Messages about a gateway that does not serve the written configuration.</summary>
internal static class ServingReport
{
    /// <returns>False when there is no error.</returns>
    public static bool Refused(Screen screen, DeployTarget target, string hash, Confirmation? confirmation)
    {
        if (confirmation is not NotServed refused)
            return false;
        screen.Report(new Diagnostic(
            Severity.Error,
            DiagnosticCodes.Environment,
            $"the gateway does not serve configuration {hash}: {refused.Reason}",
            Help: $"it is written to {target.Folder}; see esb status"));
        return true;
    }

    /// <summary>Warns if no gateway serves the written configuration.</summary>
    public static void Warn(Screen screen, DeployTarget target, Confirmation? confirmation)
    {
        if (confirmation is NotRunning)
            screen.Warn(
                $"no gateway answers on {target.Addresses.Gateway.Authority}; the configuration has been written to "
                    + $"{target.Folder}",
                $"start it with {target.HowToStart}");
        else if (confirmation is null && !target.GatewayReadsIt)
            screen.Warn(
                $"the running gateway reads {target.GatewayFolder}, not {target.Folder}",
                "deploy with --config-dir, or start the platform with it");
    }
}
