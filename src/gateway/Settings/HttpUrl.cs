using Esb.Host.Settings;

namespace Esb.Gateway.Settings;

/// <summary>Where another server is.</summary>
internal static class HttpUrl
{
    /// <param name="name">The variable, for the message.</param>
    /// <param name="value">What it says.</param>
    /// <param name="example">What it could say.</param>
    /// <exception cref="SettingException">It is no absolute URL of HTTP or HTTPS.</exception>
    public static Uri Parse(string name, string value, string example) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : throw new SettingException(name, value, $"a URL such as {example}");
}
