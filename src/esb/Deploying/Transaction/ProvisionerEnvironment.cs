using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>The environment of the provisioner, with the addresses of the platform's stores.</summary>
internal static class ProvisionerEnvironment
{
    /// <returns>Null when there are no stores: no platform is running, and no endpoints are set.</returns>
    public static IReadOnlyDictionary<string, string?>? Of(
        PlatformSettings settings, PlatformState? platform, Credentials? credentials)
    {
        var running = platform is not null && platform.Running().Count > 0;
        if (!running && settings.DatabaseEndpoint is null && settings.ObjectStoreEndpoint is null)
            return null;
        // An unknown store gets the platform's default address, so that no cloud is called by mistake.
        var addresses = running ? platform!.Addresses : PlatformAddresses.Of(settings, "");
        var region = running ? platform!.Region : settings.Region;
        return new Dictionary<string, string?>(
            ProxyExceptions.Of(Environment.GetEnvironmentVariable), StringComparer.Ordinal)
        {
            [SettingNames.DatabaseEndpoint] = Text(addresses.Database),
            [SettingNames.ObjectStoreEndpoint] = Text(addresses.ObjectStore),
            [SettingNames.Region] = region,
            [SettingNames.DefaultRegion] = region,
            [SettingNames.AccessKeyId] = settings.AccessKeyId ?? credentials?.AccessKeyId ?? "esb",
            [SettingNames.SecretAccessKey] = settings.SecretAccessKey ?? credentials?.SecretAccessKey ?? "esb",
            ["AWS_PROFILE"] = null,
            ["AWS_SESSION_TOKEN"] =
                settings.SecretAccessKey is null ? null : Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN"),
        };
    }

    private static string Text(Uri uri) => uri.AbsoluteUri.TrimEnd('/');
}
