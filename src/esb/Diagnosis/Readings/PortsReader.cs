using System.Net;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Ports;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Looks who listens on the platform's ports.</summary>
internal static class PortsReader
{
    // Docker's helper that carries a published port; docker compose ps says whose it is.
    private const string Published = "docker-proxy";

    public static IReadOnlyList<PortReading> Read(Patient patient)
    {
        var settings = patient.Settings;
        if (settings.IsInContainers)
        {
            var address = IPAddress.Parse(settings.Containers.GatewayHost.Trim('[', ']'));
            return [Read(new PortClaim(ComponentKind.Gateway, "gateway", new IPEndPoint(address, settings.Ports.Gateway), SettingNames.GatewayPort), owner => owner.Name == Published)];
        }

        var ours = patient.Alive.Select(component => component.Process.Pid).ToHashSet();
        return [.. StartPlan.Wanted(settings).SelectMany(kind => PortClaims.Of(kind, settings.Ports)).Select(claim => Read(claim, owner => ours.Contains(owner.Pid) || (ProcessIdentity.SessionOf(owner.Pid) is { } session && ours.Contains((int)session))))];
    }

    private static PortReading Read(PortClaim claim, Func<PortOwner, bool> isOurs)
    {
        var isFree = PortCheck.IsFree(claim);
        var owner = isFree ? null : PortOwner.Find(claim.EndPoint.Port);
        return new PortReading(claim.EndPoint.Port, claim.Purpose, claim.Variable, isFree, owner is not null && isOurs(owner), owner?.ToString());
    }
}
