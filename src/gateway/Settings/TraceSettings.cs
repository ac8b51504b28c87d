using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Settings;

/// <summary>
/// The export of traces. Source: OpenTelemetry, "OpenTelemetry Protocol Exporter" and "Environment Variable
/// Specification".
/// </summary>
/// <param name="Endpoint">The complete URL for batches of spans.</param>
/// <param name="Headers">The headers of each export request.</param>
/// <param name="Resource">The source of the spans: <c>service.name</c> and other attributes.</param>
/// <param name="Timeout">The timeout for one batch.</param>
/// <param name="Delay">How long spans are collected before they are sent.</param>
internal sealed record TraceSettings(
    Uri Endpoint,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Resource,
    TimeSpan Timeout,
    TimeSpan Delay)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const string Protocol = "http/protobuf";

    /// <returns>The settings; null when tracing is off.</returns>
    public static TraceSettings? Read(IConfiguration configuration)
    {
        string Value(string name, string fallback = "") =>
            configuration[name] is { Length: > 0 } value ? value : fallback;
        // The variable for traces takes precedence over the general one.
        string Name(string last) =>
            Value($"{Prefix}TRACES_{last}").Length > 0 ? $"{Prefix}TRACES_{last}" : Prefix + last;
        TimeSpan Milliseconds(string name, string fallback) =>
            TimeSpan.FromMilliseconds(WholeNumber.Parse(name, Value(name, fallback), 1, int.MaxValue));
        var (endpoint, protocol, headers) = (Name("ENDPOINT"), Name("PROTOCOL"), Name("HEADERS"));
        if (Value(endpoint).Length == 0
            || Value("OTEL_TRACES_EXPORTER") == "none"
            || Value("OTEL_SDK_DISABLED").Equals("true", StringComparison.OrdinalIgnoreCase))
            return null;
        Require("OTEL_TRACES_EXPORTER", Value("OTEL_TRACES_EXPORTER", "otlp"), "otlp", "none");
        Require("OTEL_SDK_DISABLED", Value("OTEL_SDK_DISABLED", "false").ToLowerInvariant(), "false", "true");
        var uri = HttpUrl.Parse(endpoint, Value(endpoint), "http://collector:4318");
        if (Value(protocol, Protocol) != Protocol)
            throw new SettingException(protocol, Value(protocol), Protocol);
        var resource = Pairs("OTEL_RESOURCE_ATTRIBUTES", Value("OTEL_RESOURCE_ATTRIBUTES"));
        resource["service.name"] = Value(
            "OTEL_SERVICE_NAME", resource.GetValueOrDefault("service.name", "esb-gateway"));
        return new TraceSettings(
            // The general variable contains a base URL; the URL for traces is used unchanged.
            endpoint == Prefix + "ENDPOINT" ? new Uri($"{uri.AbsoluteUri.TrimEnd('/')}/v1/traces") : uri,
            Pairs(headers, Value(headers)),
            resource,
            Milliseconds(Name("TIMEOUT"), "10000"),
            Milliseconds("OTEL_BSP_SCHEDULE_DELAY", "500"));
    }

    private static void Require(string variable, string value, string meant, string other)
    {
        if (value != meant)
            throw new SettingException(variable, value, $"{meant} or {other}");
    }

    // The format is name=value,name=value as in W3C Baggage, percent-encoded.
    private static Dictionary<string, string> Pairs(string variable, string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals))
                throw new SettingException(variable, text, "name=value,name=value");
            pairs[pair[..equals].Trim()] = Uri.UnescapeDataString(pair[(equals + 1)..].Trim());
        }

        return pairs;
    }
}
