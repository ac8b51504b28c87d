using System.Globalization;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>
/// Values that no program of the platform refuses, or not before something is changed. All others are refused by the
/// program that reads them.
/// </summary>
internal static class SettingValues
{
    private const int LongestRegion = 63;
    private const int LongestWait = 24 * 60 * 60;

    /// <exception cref="CommandFailure">One that is not allowed.</exception>
    public static void Check(SettingSources sources, PlatformMode mode)
    {
        foreach (var region in (string[])[SettingNames.Region, SettingNames.DefaultRegion])
            Require(sources, region, IsRegion, "the name of a region, such as us-east-1");
        Require(sources, SettingNames.AccessKeyId, IsKeyId, "an id without spaces, '/' and ','");
        Require(sources, SettingNames.ProvisionTimeout, IsWait, "a duration such as 30s or 2m");
        Require(sources, SettingNames.TlsFolder, Directory.Exists, "a folder that is there");
        // In containers it is a path of theirs.
        if (mode == PlatformMode.Process)
            Require(sources, SettingNames.NodeSdk, Directory.Exists, "a folder that is there");
    }

    private static void Require(SettingSources sources, string name, Predicate<string> isAllowed, string allowed)
    {
        if (sources[name] is { } value && !isAllowed(value))
            throw new SettingException(name, value, allowed);
    }

    private static bool IsRegion(string text) =>
        text.Length <= LongestRegion && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // It stands between these in signatures.
    private static bool IsKeyId(string text) => !text.Any(c => char.IsWhiteSpace(c) || c is '/' or ',');

    // As the provisioner has it.
    private static bool IsWait(string text)
    {
        var digits = text[^1] is 's' or 'm' ? text[..^1] : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= LongestWait;
    }
}
