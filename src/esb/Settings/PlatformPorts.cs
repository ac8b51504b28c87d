using System.Globalization;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>The ports of one platform.</summary>
internal sealed record PlatformPorts(int Gateway, int RuntimeApi, int Admin, int Database, int ObjectStore)
{
    /// <summary>Those of a platform that nobody gave others.</summary>
    public static PlatformPorts Usual { get; } = new(8080, 9001, 9002, 8000, 9000);

    /// <summary>By the name of its setting.</summary>
    public int Of(string name) => name switch
    {
        SettingNames.GatewayPort => Gateway,
        SettingNames.RuntimeApiPort => RuntimeApi,
        SettingNames.AdminPort => Admin,
        SettingNames.DatabasePort => Database,
        _ => ObjectStore,
    };

    /// <summary>The same with another one, by the name of its setting.</summary>
    public PlatformPorts With(string name, int port) => name switch
    {
        SettingNames.GatewayPort => this with { Gateway = port },
        SettingNames.RuntimeApiPort => this with { RuntimeApi = port },
        SettingNames.AdminPort => this with { Admin = port },
        SettingNames.DatabasePort => this with { Database = port },
        _ => this with { ObjectStore = port },
    };

    /// <param name="sources">What is set wins.</param>
    /// <param name="remembered">What an environment has that is not the first of its machine.</param>
    /// <exception cref="SettingException">Not a port, or the same port twice.</exception>
    public static PlatformPorts Read(SettingSources sources, PlatformPorts? remembered = null)
    {
        var usual = remembered ?? Usual;
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
            Port(SettingNames.GatewayPort, usual.Gateway),
            Port(SettingNames.RuntimeApiPort, usual.RuntimeApi),
            Port(SettingNames.AdminPort, usual.Admin),
            Port(SettingNames.DatabasePort, usual.Database),
            Port(SettingNames.ObjectStorePort, usual.ObjectStore));
    }
}
