using System.Net;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Ports;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>A port that the platform uses or needs.</summary>
/// <param name="Port">Its number.</param>
/// <param name="Purpose">The purpose of the port.</param>
/// <param name="Variable">The setting that changes it.</param>
/// <param name="IsFree">Whether nothing listens on it.</param>
/// <param name="IsOurs">Whether a part of this platform listens on it.</param>
/// <param name="Owner">The process that listens; null when it is not known.</param>
internal sealed record PortReading(int Port, string Purpose, string Variable, bool IsFree, bool IsOurs, string? Owner);

/// <summary>Checks that the ports are free or used by this platform.</summary>
internal static class PortsCheck
{
    private const string Name = "ports";

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static IEnumerable<Finding> Run(DiagnosedPlatform platform) =>
        Of(Reader.Read(platform));

    public static IEnumerable<Finding> Of(IReadOnlyList<PortReading> ports)
    {
        var others = ports.Where(port => !port.IsFree && !port.IsOurs).ToList();
        foreach (var port in others)
            yield return Finding.Fail(
                Name,
                $"{port.Port}, for the {port.Purpose}, is in use by {port.Owner ?? "another process"}",
                $"stop that, or set {port.Variable} to a free port");
        var (ours, free) = (Numbers(ports.Where(port => port.IsOurs)), Numbers(ports.Where(port => port.IsFree)));
        if (ours.Length > 0 || free.Length > 0)
            yield return Finding.Ok(Name, string.Join("; ", new[]
            {
                ours.Length > 0 ? $"{ours} ours" : "", free.Length > 0 ? $"{free} free" : "",
            }.Where(text => text.Length > 0)));
    }

    private static string Numbers(IEnumerable<PortReading> ports) => string.Join(", ", ports.Select(port => port.Port));

    /// <summary>Finds the processes that listen on the platform's ports.</summary>
    private static class Reader
    {
        // Docker's process for a published port; docker compose ps shows its container.
        private const string Published = "docker-proxy";

        public static IReadOnlyList<PortReading> Read(DiagnosedPlatform platform)
        {
            var settings = platform.Settings;
            if (settings.IsInContainers)
            {
                var address = IPAddress.Parse(settings.Containers.GatewayHost.Trim('[', ']'));
                var endPoint = new IPEndPoint(address, settings.Ports.Gateway);
                var claim = new PortClaim(ComponentKind.Gateway, "gateway", endPoint, SettingNames.GatewayPort);
                return [Read(claim, owner => owner.Name == Published)];
            }

            var ours = platform.Alive.Select(component => component.Process.Pid).ToHashSet();
            return [
                .. StartPlan.Wanted(settings).SelectMany(kind => PortClaims.Of(kind, settings.Ports))
                    .Select(claim => Read(claim, owner => ours.Contains(owner.Pid)
                        || (ProcessIdentity.SessionOf(owner.Pid) is { } session && ours.Contains((int)session)))),
            ];
        }

        private static PortReading Read(PortClaim claim, Func<PortOwner, bool> isOurs)
        {
            var isFree = PortCheck.IsFree(claim);
            var owner = isFree ? null : PortOwner.Find(claim.EndPoint.Port);
            var belongsToUs = owner is not null && isOurs(owner);
            return new PortReading(
                claim.EndPoint.Port, claim.Purpose, claim.Variable, isFree, belongsToUs, owner?.ToString());
        }
    }
}
