namespace Esb.Cli.Gateway;

/// <summary>The HTTP client for this machine: no proxy, no patience for connecting, none of its own for answers.</summary>
internal static class LocalHttp
{
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
