using System.Globalization;
using Esb.Schema.Http;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Integrations;

/// <summary>
/// Reads HTTP proxy integrations of REST and HTTP APIs. A setting that cannot be honoured closes the route. Sources:
/// API Gateway Developer Guide, "HTTP integrations for REST APIs", "Create HTTP proxy integrations for HTTP APIs",
/// "Data mapping".
/// </summary>
internal static class HttpProxyReader
{
    private const string FromPath = "method.request.path.";
    private const string ToPath = "integration.request.path.";
    private const string ToHeader = "integration.request.header.";
    private const string SetHeader = "overwrite:header.";

    public static RouteTarget Read(Integration integration, string path)
    {
        if (integration.IsPrivate)
            return RouteTarget.None("its integration is private to a VPC of AWS");
        if (integration.ResponseParameters is YamlMapping { Entries.Count: > 0 })
            return RouteTarget.None("its integration changes answers, which is not served");
        var uri = (integration.Uri ?? "").Replace("+}", "}", StringComparison.Ordinal);
        List<(string, YamlNode?)> headers = [];
        foreach (var (parameter, value) in integration.RequestParameters?.Entries ?? [])
        {
            if (Mapped(parameter.Value, ResourceSet.Text(value), uri, headers) is not { } mapped)
                return RouteTarget.None($"its integration maps '{parameter.Value}', which is not served");
            uri = mapped;
        }

        if (!HttpTarget.IsAddress(uri))
            return RouteTarget.None("the address of its integration cannot be called from here");
        if (HttpTarget.ParameterNotIn(path, uri) is { } unknown)
            return RouteTarget.None(
                $"the address of its integration has {{{unknown}}}, and its path has no such parameter");
        if (!IsAllowed(integration.Timeout, out var timeout))
            return RouteTarget.None($"the timeout of its integration is '{integration.Timeout}', "
                + $"which is not between {HttpTarget.MinTimeout} and {HttpTarget.MaxTimeout} ms");
        var method = integration.Method?.ToUpperInvariant() is "X-AMAZON-APIGATEWAY-ANY-METHOD"
            ? null
            : integration.Method?.ToUpperInvariant();
        if (method is not null && !RouteMethods.IsKnown(method))
            return RouteTarget.None(
                $"the method of its integration is '{integration.Method}', which is not an HTTP method");
        return RouteTarget.ToServer(YamlMapping.Of(
            ("uri", YamlScalar.Text(uri)),
            ("method", method is null or "ANY" ? null : YamlScalar.Text(method)),
            ("timeout_ms", timeout is { } ms ? YamlScalar.Number(ms) : null),
            ("headers", headers.Count == 0 ? null : YamlMapping.Of([.. headers]))));
    }

    // Returns the address after applying the mapping; null when the mapping cannot be honoured.
    private static string? Mapped(string parameter, string? value, string uri, List<(string, YamlNode?)> headers)
    {
        if (value is null)
            return null;
        if (parameter.StartsWith(ToPath, StringComparison.Ordinal))
        {
            var variable = $"{{{parameter[ToPath.Length..]}}}";
            if (value.StartsWith(FromPath, StringComparison.Ordinal))
                return uri.Replace(variable, $"{{{value[FromPath.Length..]}}}", StringComparison.Ordinal);
            return Constant(value) is { } text
                ? uri.Replace(variable, Uri.EscapeDataString(text), StringComparison.Ordinal)
                : null;
        }

        // Headers and query parameters are passed on in any case.
        if (parameter.StartsWith("integration.request.", StringComparison.Ordinal)
            && value == "method.request." + parameter["integration.request.".Length..])
            return uri;
        var name = parameter.StartsWith(ToHeader, StringComparison.Ordinal)
            ? parameter[ToHeader.Length..]
            : parameter.StartsWith(SetHeader, StringComparison.Ordinal) ? parameter[SetHeader.Length..] : "";
        var constant = parameter.StartsWith(SetHeader, StringComparison.Ordinal)
            ? (value.Contains('$', StringComparison.Ordinal) ? null : value)
            : Constant(value);
        if (constant is null || !HeaderSyntax.IsToken(name) || !HeaderSyntax.IsValue(constant))
            return null;
        headers.Add((name, YamlScalar.Text(constant)));
        return uri;
    }

    private static string? Constant(string value) =>
        value is ['\'', .., '\''] && value.Length > 1 ? value[1..^1] : null;

    private static bool IsAllowed(string? written, out int? timeout)
    {
        timeout = null;
        if (written is null)
            return true;
        if (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            || ms is < HttpTarget.MinTimeout or > HttpTarget.MaxTimeout)
            return false;
        timeout = ms;
        return true;
    }
}
