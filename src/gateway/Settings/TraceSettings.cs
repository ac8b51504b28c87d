using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Settings;

/// <summary>Where traces go. Source: OpenTelemetry, "OpenTelemetry Protocol Exporter" and "Environment Variable Specification".</summary>
/// <param name="Endpoint">The whole URL to which batches of spans are posted.</param>
/// <param name="Headers">Sent along.</param>
/// <param name="Resource">Who made the spans: <c>service.name</c> and what else is said about us.</param>
/// <param name="Timeout">For one batch.</param>
/// <param name="Delay">How long spans are gathered.</param>
internal sealed record TraceSettings(
    Uri Endpoint,
    IReadOnlyDictionary<string, string> Headers,
    IReadOnlyDictionary<string, string> Resource,
    TimeSpan Timeout,
    TimeSpan Delay)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const string Protocol = "http/protobuf";

    /// <returns>Null: nothing is traced.</returns>
    public static TraceSettings? Read(IConfiguration configuration)
    {
        string Value(string name, string fallback = "") => configuration[name] is { Length: > 0 } value ? value : fallback;
        // The variable for traces counts before the one for everything.
        string Name(string last) => Value($"{Prefix}TRACES_{last}").Length > 0 ? $"{Prefix}TRACES_{last}" : Prefix + last;
        TimeSpan Milliseconds(string name, string fallback) => TimeSpan.FromMilliseconds(WholeNumber.Parse(name, Value(name, fallback), 1, int.MaxValue));
        var (endpoint, protocol, headers) = (Name("ENDPOINT"), Name("PROTOCOL"), Name("HEADERS"));
        if (Value(endpoint).Length == 0 || Value("OTEL_TRACES_EXPORTER") == "none" || Value("OTEL_SDK_DISABLED").Equals("true", StringComparison.OrdinalIgnoreCase))
            return null;
        var uri = HttpUrl.Parse(endpoint, Value(endpoint), "http://collector:4318");
        if (Value(protocol, Protocol) != Protocol)
            throw new SettingException(protocol, Value(protocol), Protocol);
        var resource = Pairs("OTEL_RESOURCE_ATTRIBUTES", Value("OTEL_RESOURCE_ATTRIBUTES"));
        resource["service.name"] = Value("OTEL_SERVICE_NAME", resource.GetValueOrDefault("service.name", "esb-gateway"));
        return new TraceSettings(
            // The general one is a base, the one for traces is taken as it is.
            endpoint == Prefix + "ENDPOINT" ? new Uri($"{uri.AbsoluteUri.TrimEnd('/')}/v1/traces") : uri,
            Pairs(headers, Value(headers)),
            resource,
            Milliseconds(Name("TIMEOUT"), "10000"),
            Milliseconds("OTEL_BSP_SCHEDULE_DELAY", "500"));
    }

    // name=value,name=value as in W3C's baggage: percent-encoded.
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
