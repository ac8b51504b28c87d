namespace Esb.Cli.Processes;

/// <summary>
/// Where a shell has a proxy in its environment, what is started from it would ask that proxy for the stores of this machine, which it cannot reach. So
/// loopback is taken out of it. Source: curl(1), ENVIRONMENT; .NET reads the same variables.
/// </summary>
internal static class ProxyExceptions
{
    private static readonly string[] Proxies = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] Variables = ["no_proxy", "NO_PROXY"];
    private static readonly string[] Loopback = ["127.0.0.1", "localhost", "::1"];

    /// <summary>What to set for a process of the platform; nothing where there is no proxy.</summary>
    /// <param name="environment">The shell's.</param>
    public static IReadOnlyDictionary<string, string?> Of(Func<string, string?> environment)
    {
        if (Array.TrueForAll(Proxies, name => string.IsNullOrEmpty(environment(name))))
            return new Dictionary<string, string?>();
        var given = Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value))?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var all = string.Join(',', given.Union(Loopback, StringComparer.OrdinalIgnoreCase));
        return Variables.ToDictionary(name => name, string? (_) => all, StringComparer.Ordinal);
    }
}
