using System.Net;
using Esb.Host.Settings;

namespace Esb.Agent.Images;

/// <summary>
/// How registries are reached. A reference names a registry as the machine that pushed the image sees it; inside a
/// container the same registry may have another address.
/// </summary>
internal sealed class RegistryAddresses(IReadOnlyDictionary<string, Uri> mirrors)
{
    /// <summary>Reads the setting.</summary>
    /// <param name="variable">The name of the setting, for the message.</param>
    /// <param name="text"><c>127.0.0.1:5010=http://registry:5010,…</c></param>
    /// <exception cref="SettingException">The setting has another form.</exception>
    public static RegistryAddresses Parse(string variable, string text)
    {
        var mirrors = new Dictionary<string, Uri>(StringComparer.Ordinal);
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0
                || !Uri.TryCreate(entry[(equals + 1)..], UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
                throw new SettingException(
                    variable, text, "REGISTRY=URL, with commas between, such as 127.0.0.1:5010=http://registry:5010");
            mirrors[entry[..equals]] = new Uri(address.GetLeftPart(UriPartial.Authority));
        }

        return new RegistryAddresses(mirrors);
    }

    /// <summary>The default, which is also Docker's: TLS, except for registries on this machine.</summary>
    public Uri Of(string registry)
    {
        if (mirrors.TryGetValue(registry, out var mirror))
            return mirror;
        if (registry == "docker.io")
            return new Uri("https://registry-1.docker.io");
        var host = new Uri($"http://{registry}");
        return host.Host == "localhost"
            || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address))
            ? host
            : new Uri($"https://{registry}");
    }
}
