using System.Net;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Settings;

/// <summary>The platform's key pair, with which callers on other machines sign their requests.</summary>
internal static class KeyPair
{
    /// <summary>
    /// The default secret in <c>docker-compose.docker.yml</c>, with which a platform starts without any setting.
    /// </summary>
    public const string PublicSecret = "esb-on-this-machine";

    /// <returns>The key pair; null for none.</returns>
    /// <exception cref="SettingException">
    /// The port is published beyond this machine, and the secret is the public default.
    /// </exception>
    public static (string Id, string Secret)? Read(IConfiguration configuration)
    {
        if (configuration["AWS_ACCESS_KEY_ID"] is not { Length: > 0 } id
            || configuration["AWS_SECRET_ACCESS_KEY"] is not { Length: > 0 } secret)
            return null;
        var published = configuration["GATEWAY_ADDRESS"] is { Length: > 0 } address ? address : "127.0.0.1";
        return secret == PublicSecret && !(IPAddress.TryParse(published, out var ip) && IPAddress.IsLoopback(ip))
            ? throw new SettingException("AWS_SECRET_ACCESS_KEY", secret, "one that only you know, "
                + $"as GATEWAY_ADDRESS {published} lets other machines in, and this default is known to everybody")
            : (id, secret);
    }
}
