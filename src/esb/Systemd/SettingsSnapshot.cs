using System.Globalization;
using Esb.Cli.Settings;

namespace Esb.Cli.Systemd;

/// <summary>
/// All settings of a platform as a <c>.env</c> file, because a unit has neither the shell nor the working folder of the
/// user who started it. It may contain secrets.
/// </summary>
internal static class SettingsSnapshot
{
    public static string Text(PlatformSettings settings)
    {
        var values = new SortedDictionary<string, string>(settings.EnvFile.ToDictionary(), StringComparer.Ordinal)
        {
            [SettingNames.Project] = settings.Project,
            [SettingNames.Mode] = settings.Mode.Name,
            [SettingNames.StateDir] = Path.GetDirectoryName(settings.State.Path)!,
            [SettingNames.BinDir] = settings.BinaryFolder,
            [SettingNames.ConfigDir] = settings.ConfigFolder,
            [SettingNames.ReloadInterval] = settings.ReloadInterval,
            [SettingNames.GatewayPort] = Text(settings.Ports.Gateway),
            [SettingNames.RuntimeApiPort] = Text(settings.Ports.RuntimeApi),
            [SettingNames.AdminPort] = Text(settings.Ports.Admin),
            [SettingNames.StoresPort] = Text(settings.Ports.Stores),
            [SettingNames.Region] = settings.Region,
        };
        foreach (var former in settings.FormerNames)
            values.Remove(former);
        void Add(string name, string? value)
        {
            if (value is not null)
                values[name] = value;
        }

        Add(SettingNames.DatabaseEndpoint, settings.DatabaseEndpoint?.OriginalString);
        Add(SettingNames.ObjectStoreEndpoint, settings.ObjectStoreEndpoint?.OriginalString);
        Add(SettingNames.AccessKeyId, settings.AccessKeyId);
        Add(SettingNames.SecretAccessKey, settings.SecretAccessKey);
        return string.Concat(values.Select(value => DotEnv.Line(value.Key, value.Value)));
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
