using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Host.Logs;

namespace Esb.Cli.Platform;

/// <summary>A given setting that a running part was started without.</summary>
/// <param name="Name">Its name only, since the values may be secret.</param>
/// <param name="Part">The name of the part.</param>
/// <param name="Help">How to apply it.</param>
internal sealed record UnappliedSetting(string Name, string Part, string Help)
{
    /// <summary>Whether a port is open to more callers without it than intended.</summary>
    public bool IsGuard => KnownSettings.Guards.Contains(Name);

    public override string ToString() =>
        $"{Name} is not applied: the {Part} is running with another value, or without one";
}

/// <summary>
/// Compares the given settings with those of running parts, which they only read at their start. Source: proc(5),
/// environ.
/// </summary>
internal static class UnappliedSettings
{
    private const string Restart = "esb down, then esb up, applies it";

    // The rest of what a part reads is computed from settings that are compared by their own names.
    private static readonly string[] OfAll = ["ESB_ALLOWED_HOSTS", LogBounds.SizeVariable, LogBounds.FilesVariable];
    private static readonly string[] OfStores =
        [SettingNames.Region, SettingNames.AccessKeyId, SettingNames.SecretAccessKey];

    private static readonly string[] OfAgent = [SettingNames.PythonPackages, SettingNames.NodeSdk, "AGENT_CGROUP"];

    private static readonly string[] OfGateway =
    [
        "LAMBDA_API_SIGNATURE", SettingNames.TlsCertificate, SettingNames.TlsKey, "WORKERS_MEMORY", "WORKERS_PREFIX",
        "ASYNC_MAX_BYTES", "MAX_CONNECTIONS", "DRAIN_DELAY", "ACCESS_LOG", SettingNames.ReloadInterval,
        SettingNames.BakedConfigDir, "RUNTIME_API_ADVERTISE", "REGISTRY_URL", "VICTORIALOGS_URL", SettingNames.Region,
        SettingNames.AccessKeyId, SettingNames.SecretAccessKey, "ZONEINFO", SettingNames.DatabaseEndpoint,
        SettingNames.ObjectStoreEndpoint, SettingNames.LambdaEndpoint, "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    private static readonly string[] FamiliesOfGateway = ["AWS_ENDPOINT_URL", "OTEL_"];

    /// <summary>The given ports that differ from those of running parts.</summary>
    public static IEnumerable<UnappliedSetting> Ports(
        PlatformSettings settings, PlatformState state, IReadOnlyCollection<ComponentKind> kinds)
    {
        var wanted = PlatformAddresses.Of(settings, "");
        var has = state.Addresses;
        (string Name, ComponentKind Kind, bool Differs)[] ports =
        [
            (SettingNames.GatewayPort, ComponentKind.Gateway, wanted.Gateway.Port != has.Gateway.Port),
            (SettingNames.AdminPort, ComponentKind.Gateway, wanted.Admin.Port != has.Admin.Port),
            (SettingNames.RuntimeApiPort, ComponentKind.Gateway, wanted.RuntimeApi != has.RuntimeApi),
            (SettingNames.StoresPort, ComponentKind.Stores, wanted.Stores!.Port != has.Stores?.Port),
        ];
        return ports
            .Where(port => port.Differs && settings.GivenPorts.Contains(port.Name) && kinds.Contains(port.Kind))
            .Select(port => new UnappliedSetting(port.Name, ComponentNames.InSentence(port.Kind), Restart));
    }

    /// <summary>The other given settings that running parts were started without.</summary>
    /// <param name="settings">The settings of this command.</param>
    /// <param name="parts">The parts that were running before it.</param>
    /// <param name="given">A variable of the shell; null if there is none.</param>
    public static IEnumerable<UnappliedSetting> Of(
        PlatformSettings settings, IEnumerable<RunningComponent> parts, Func<string, string?> given)
    {
        foreach (var part in parts)
        {
            if (ProcessEnvironment.Of(part.Process.Pid) is not { } has)
                continue;
            var names = Names(part.Kind).Concat(settings.EnvFile.Keys.Where(name =>
                part.Kind == ComponentKind.Gateway
                    && FamiliesOfGateway.Any(family => name.StartsWith(family, StringComparison.Ordinal))));
            foreach (var name in names.Distinct().Order(StringComparer.Ordinal))
            {
                if (Wanted(name, settings, given) is { } wanted && !IsSame(name, wanted, has.GetValueOrDefault(name)))
                    yield return new UnappliedSetting(
                        name,
                        ComponentNames.InSentence(part.Kind),
                        part.Kind == ComponentKind.Gateway ? "esb upgrade applies it" : Restart);
            }
        }
    }

    // The value in the form that a part gets: sizes are normalized, and both settings for the region become one.
    private static string? Wanted(string name, PlatformSettings settings, Func<string, string?> given)
    {
        string? Given(string of) =>
            (given(of) ?? settings.EnvFile.GetValueOrDefault(of)) is { Length: > 0 } text ? text : null;
        if (name == SettingNames.Region)
            return (Given(name) ?? Given(SettingNames.DefaultRegion)) is null ? null : settings.Region;
        return Given(name) is not { } value
            ? null
            : settings.LogBounds.Settings().Where(bound => bound.Name == name).Select(bound => bound.Value)
                .FirstOrDefault(value);
    }

    private static IEnumerable<string> Names(ComponentKind kind) => OfAll.Concat(kind switch
    {
        ComponentKind.Gateway => OfGateway,
        ComponentKind.Agent => OfAgent,
        ComponentKind.Stores => OfStores,
        _ => [],
    });

    // An endpoint is passed on without the slash at its end.
    private static bool IsSame(string name, string wanted, string? has) =>
        wanted == has || (name.StartsWith(FamiliesOfGateway[0], StringComparison.Ordinal)
            && wanted.TrimEnd('/') == has?.TrimEnd('/'));
}
