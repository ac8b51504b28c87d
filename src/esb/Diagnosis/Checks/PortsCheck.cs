using System.Net;
using Esb.Cli.Platform.Ports;
using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>One port that the platform has or wants.</summary>
/// <param name="Port">Its number.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Variable">The setting that moves it.</param>
/// <param name="IsFree">Nobody listens there.</param>
/// <param name="IsOurs">A part of this platform listens there.</param>
/// <param name="Owner">Who does; null when that cannot be told.</param>
internal sealed record PortReading(int Port, string Purpose, string Variable, bool IsFree, bool IsOurs, string? Owner);

/// <summary>Ports are free, or ours.</summary>
internal static class PortsCheck
{
    private const string Name = "ports";

    /// <summary>Looks, and judges what it sees.</summary>
    public static IEnumerable<Finding> Run(Patient patient) =>
        Of(Reader.Read(patient));

    public static IEnumerable<Finding> Of(IReadOnlyList<PortReading> ports)
    {
        var others = ports.Where(port => !port.IsFree && !port.IsOurs).ToList();
        foreach (var port in others)
            yield return Finding.Fail(Name, $"{port.Port}, for the {port.Purpose}, is in use by {port.Owner ?? "another process"}", $"stop that, or set {port.Variable} to a free port");
        var (ours, free) = (Numbers(ports.Where(port => port.IsOurs)), Numbers(ports.Where(port => port.IsFree)));
        if (ours.Length > 0 || free.Length > 0)
            yield return Finding.Ok(Name, string.Join("; ", new[] { ours.Length > 0 ? $"{ours} ours" : "", free.Length > 0 ? $"{free} free" : "" }.Where(text => text.Length > 0)));
    }

    private static string Numbers(IEnumerable<PortReading> ports) => string.Join(", ", ports.Select(port => port.Port));

    /// <summary>Looks who listens on the platform's ports.</summary>
    private static class Reader
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
}
