using System.Globalization;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>The ports of one platform.</summary>
internal sealed record PlatformPorts(int Gateway, int RuntimeApi, int Admin, int Database, int ObjectStore)
{
    /// <summary>The default ports.</summary>
    public static PlatformPorts Default { get; } = new(8080, 9001, 9002, 8000, 9000);

    /// <summary>The port of a setting.</summary>
    public int Of(string name) => name switch
    {
        SettingNames.GatewayPort => Gateway,
        SettingNames.RuntimeApiPort => RuntimeApi,
        SettingNames.AdminPort => Admin,
        SettingNames.DatabasePort => Database,
        _ => ObjectStore,
    };

    /// <summary>The same ports with another value for a setting.</summary>
    public PlatformPorts With(string name, int port) => name switch
    {
        SettingNames.GatewayPort => this with { Gateway = port },
        SettingNames.RuntimeApiPort => this with { RuntimeApi = port },
        SettingNames.AdminPort => this with { Admin = port },
        SettingNames.DatabasePort => this with { Database = port },
        _ => this with { ObjectStore = port },
    };

    /// <param name="sources">The settings, which override the remembered ports.</param>
    /// <param name="remembered">The ports that the environment remembers; null for the default ports.</param>
    /// <exception cref="SettingException">A value is not a port, or a port is used twice.</exception>
    public static PlatformPorts Read(SettingSources sources, PlatformPorts? remembered = null)
    {
        var defaults = remembered ?? Default;
        var names = new Dictionary<int, string>();
        int Port(string name, int fallback)
        {
            var text = sources.Or(name, fallback.ToString(CultureInfo.InvariantCulture));
            var port = WholeNumber.Port(name, text);
            if (!names.TryAdd(port, name))
                throw new SettingException(name, text, $"a port that {names[port]} does not have");
            return port;
        }

        return new PlatformPorts(
            Port(SettingNames.GatewayPort, defaults.Gateway),
            Port(SettingNames.RuntimeApiPort, defaults.RuntimeApi),
            Port(SettingNames.AdminPort, defaults.Admin),
            Port(SettingNames.DatabasePort, defaults.Database),
            Port(SettingNames.ObjectStorePort, defaults.ObjectStore));
    }
}
