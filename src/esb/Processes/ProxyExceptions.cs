namespace Esb.Cli.Processes;

/// <summary>
/// Excludes loopback addresses from a proxy in the shell's environment. Otherwise, programs that are started from the
/// shell would use the proxy for the stores of this machine, which the proxy cannot reach. Source: curl(1),
/// ENVIRONMENT; .NET reads the same variables.
/// </summary>
internal static class ProxyExceptions
{
    private static readonly string[] Proxies =
        ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] Variables = ["no_proxy", "NO_PROXY"];
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "::1"];

    /// <summary>The variables for a process of the platform; empty without a proxy.</summary>
    /// <param name="environment">The environment of the shell.</param>
    public static IReadOnlyDictionary<string, string?> Of(Func<string, string?> environment)
    {
        if (Array.TrueForAll(Proxies, name => string.IsNullOrEmpty(environment(name))))
            return new Dictionary<string, string?>();
        var given = Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value))?.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? [];
        var all = string.Join(',', given.Union(Loopback, StringComparer.OrdinalIgnoreCase));
        return Variables.ToDictionary(name => name, string? (_) => all, StringComparer.Ordinal);
    }
}
