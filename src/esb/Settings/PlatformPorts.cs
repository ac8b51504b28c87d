using System.Globalization;

namespace Esb.Cli.Settings;

/// <summary>The ports of one platform.</summary>
internal sealed record PlatformPorts(int Gateway, int RuntimeApi, int Admin, int Database, int ObjectStore)
{
    /// <exception cref="CommandFailure">Not a port, or the same port twice.</exception>
    public static PlatformPorts Read(SettingSources sources)
    {
        var names = new Dictionary<int, string>();
        int Port(string name, string fallback)
        {
            var text = sources.Or(name, fallback);
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65_535)
                throw CommandFailure.Setting(name, text, "a port from 1 to 65535");
            if (!names.TryAdd(port, name))
                throw CommandFailure.Setting(name, text, $"a port that {names[port]} does not have");
            return port;
        }

        return new PlatformPorts(
            Port(SettingNames.GatewayPort, "8080"),
            Port(SettingNames.RuntimeApiPort, "9001"),
            Port(SettingNames.AdminPort, "9002"),
            Port(SettingNames.DatabasePort, "8000"),
            Port(SettingNames.ObjectStorePort, "9000"));
    }
}
