using System.Globalization;
using System.Text.Json.Serialization;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>The ports of one platform.</summary>
/// <param name="Gateway">The public port.</param>
/// <param name="RuntimeApi">The port of the Runtime API.</param>
/// <param name="Admin">The admin port.</param>
/// <param name="Stores">
/// The port of the stores. Environments of earlier versions remember that of their object store.
/// </param>
internal sealed record PlatformPorts(
    int Gateway, int RuntimeApi, int Admin, [property: JsonPropertyName("object_store")] int Stores)
{
    /// <summary>The default ports.</summary>
    public static PlatformPorts Default { get; } = new(8080, 9001, 9002, 9000);

    /// <summary>The port of a setting.</summary>
    public int Of(string name) => name switch
    {
        SettingNames.GatewayPort => Gateway,
        SettingNames.RuntimeApiPort => RuntimeApi,
        SettingNames.AdminPort => Admin,
        _ => Stores,
    };

    /// <summary>The same ports with another value for a setting.</summary>
    public PlatformPorts With(string name, int port) => name switch
    {
        SettingNames.GatewayPort => this with { Gateway = port },
        SettingNames.RuntimeApiPort => this with { RuntimeApi = port },
        SettingNames.AdminPort => this with { Admin = port },
        _ => this with { Stores = port },
    };

    /// <summary>The name that the settings use for the port of the stores: perhaps the former one.</summary>
    public static string NameOfStores(SettingSources sources) =>
        sources[SettingNames.StoresPort] is null && sources[SettingNames.FormerStoresPort] is not null
            ? SettingNames.FormerStoresPort
            : SettingNames.StoresPort;

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
            Port(NameOfStores(sources), defaults.Stores));
    }
}
