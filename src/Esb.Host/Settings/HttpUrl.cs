namespace Esb.Host.Settings;

/// <summary>Settings that are addresses of other servers.</summary>
public static class HttpUrl
{
    /// <param name="variable">The variable or option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="example">A value that would be allowed, for the message.</param>
    /// <exception cref="SettingException">The value is not an absolute URL of HTTP or HTTPS.</exception>
    public static Uri Parse(string variable, string value, string example = "http://127.0.0.1:8000") =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new SettingException(variable, value, $"a URL such as {example}");
}
