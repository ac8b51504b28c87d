using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Http;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>A server that answers the requests of a route, as in an HTTP proxy integration.</summary>
/// <param name="Uri">
/// The address of the server; <c>{name}</c> after the host stands for a parameter of the route's path.
/// </param>
/// <param name="Method">The method of requests to it, in upper case; null for that of the incoming request.</param>
/// <param name="Timeout">The time limit for an answer; null for API Gateway's limit.</param>
/// <param name="Headers">Headers that are set on every request to it.</param>
public sealed record HttpTarget(
    string Uri,
    string? Method,
    TimeSpan? Timeout,
    IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>API Gateway's minimum for a timeout, in milliseconds.</summary>
    public const int MinTimeout = 50;

    /// <summary>
    /// API Gateway's maximum for a timeout, in milliseconds. A REST API has 29,000 unless that quota is raised. Source:
    /// "Quotas for configuring and running an HTTP API".
    /// </summary>
    public const int MaxTimeout = 30_000;

    private const string Authority = @"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:([0-9]{1,4}|[1-5][0-9]{4}))?";
    private const string PathAndQuery = @"(/[!$->@-\[\]-~]*)?(\?[!$-\[\]-z|~]*)?";

    private static readonly Regex Address = new(
        $@"^https?://{Authority}{PathAndQuery}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex Parameter = new(
        @"\{([^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    // Hop-by-hop headers (RFC 9110, 7.6.1), headers that follow from the body, and the header by which loops are
    // detected. API Gateway refuses them too.
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Proxy-Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
        "Content-Length", "Via",
    };

    /// <summary>
    /// Whether a text is an address that requests can be sent to. No parameter may determine the host.
    /// </summary>
    public static bool IsAddress(string uri) =>
        Address.IsMatch(uri) && System.Uri.TryCreate(Parameter.Replace(uri, "x"), UriKind.Absolute, out _);

    /// <summary>The first parameter in an address that a path does not have; null if there is none.</summary>
    public static string? ParameterNotIn(string path, string uri) => Parameter.Matches(uri)
        .Select(m => m.Groups[1].Value)
        .FirstOrDefault(p => !path.Contains($"{{{p}}}", StringComparison.Ordinal)
            && !path.Contains($"{{{p}+}}", StringComparison.Ordinal));

    internal static HttpTarget? Read(MappingReader route, string path, DiagnosticBag diagnostics)
    {
        if (route.Nested("http_proxy") is not { } proxy)
            return null;
        var uri = proxy.RequiredText("uri", "for example uri: https://orders.example.com/v1/{proxy}");
        if (uri is not null && !IsAddress(uri))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{proxy.Subject}: 'uri' is not an address",
                proxy.Mapping["uri"],
                "allowed: http:// or https://, a host without parameters, and a path");
        if (ParameterNotIn(path, uri ?? "") is { } unknown)
            diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"{proxy.Subject}: 'uri' has {{{unknown}}}, but the path has no such parameter",
                proxy.Mapping["uri"]);
        var method = proxy.Name("method");
        if (method is not null && !RoutingFile.IsMethod(method))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{proxy.Subject}: 'method' is '{method}'",
                proxy.Mapping["method"],
                "allowed: one method such as GET, or ANY for that of the request");
        var timeout = proxy.Integer("timeout_ms", MinTimeout, MaxTimeout);
        var headers = HeaderReader.Fields(proxy, "headers", diagnostics);
        if (headers.FirstOrDefault(h => OfOneConnection.Contains(h.Key)).Key is { } unsettable)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{proxy.Subject}: the header '{unsettable}' cannot be set: it is for one connection, "
                    + "or follows from the request",
                proxy.Mapping["headers"]);
        var upper = method?.ToUpperInvariant();
        return new HttpTarget(
            uri ?? "",
            upper == "ANY" ? null : upper,
            timeout is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
            headers);
    }
}
