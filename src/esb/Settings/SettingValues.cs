using System.Globalization;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>
/// Checks values that no program of the platform would refuse before something is changed. All other values are checked
/// by the program that reads them.
/// </summary>
internal static class SettingValues
{
    private const int MaxRegionLength = 63;
    private const int MaxWaitSeconds = 24 * 60 * 60;

    /// <exception cref="CommandFailure">A value is not allowed.</exception>
    public static void Check(SettingSources sources, PlatformMode mode)
    {
        foreach (var region in (string[])[SettingNames.Region, SettingNames.DefaultRegion])
            Require(sources, region, IsRegion, "the name of a region, such as us-east-1");
        Require(sources, SettingNames.AccessKeyId, IsKeyId, "an id without spaces, '/' and ','");
        Require(sources, SettingNames.ProvisionTimeout, IsWait, "a duration such as 30s or 2m");
        Require(sources, SettingNames.TlsFolder, Directory.Exists, "an existing folder");
        // In container modes, NODE_SDK_DIR is a path inside the containers, so it cannot be checked here.
        if (mode == PlatformMode.Process)
            Require(sources, SettingNames.NodeSdk, Directory.Exists, "an existing folder");
    }

    private static void Require(SettingSources sources, string name, Predicate<string> isAllowed, string allowed)
    {
        if (sources[name] is { } value && !isAllowed(value))
            throw new SettingException(name, value, allowed);
    }

    private static bool IsRegion(string text) =>
        text.Length <= MaxRegionLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // In signatures, these characters end the id.
    private static bool IsKeyId(string text) => !text.Any(c => char.IsWhiteSpace(c) || c is '/' or ',');

    // The same rule as in the provisioner.
    private static bool IsWait(string text)
    {
        var digits = text[^1] is 's' or 'm' ? text[..^1] : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= MaxWaitSeconds;
    }
}
