using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Settings;

/// <summary>Where traces go. Source: OpenTelemetry, "OpenTelemetry Protocol Exporter" and "Environment Variable Specification".</summary>
/// <param name="Endpoint">The whole URL to which batches of spans are posted.</param>
/// <param name="Headers">Sent along, as <c>name=value,name=value</c>.</param>
/// <param name="ServiceName">Who made the spans.</param>
internal sealed record TraceSettings(Uri Endpoint, string Headers, string ServiceName)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const string Protocol = "http/protobuf";

    /// <returns>Null: nothing is traced.</returns>
    public static TraceSettings? Read(IConfiguration configuration)
    {
        string Value(string name) => configuration[name] ?? "";
        // The variable for traces counts before the one for everything.
        string Name(string last) => Value($"{Prefix}TRACES_{last}").Length > 0 ? $"{Prefix}TRACES_{last}" : Prefix + last;
        var (endpoint, protocol) = (Name("ENDPOINT"), Name("PROTOCOL"));
        if (Value(endpoint).Length == 0 || Value("OTEL_TRACES_EXPORTER") == "none" || Value("OTEL_SDK_DISABLED").Equals("true", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!Uri.TryCreate(Value(endpoint), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new SettingException(endpoint, Value(endpoint), "a URL such as http://collector:4318");
        if (Value(protocol) is not ("" or Protocol))
            throw new SettingException(protocol, Value(protocol), Protocol);
        // The general one is a base, the one for traces is taken as it is.
        var whole = endpoint == Prefix + "ENDPOINT" ? new Uri($"{uri.AbsoluteUri.TrimEnd('/')}/v1/traces") : uri;
        return new TraceSettings(whole, Value(Name("HEADERS")), Value("OTEL_SERVICE_NAME") is { Length: > 0 } name ? name : "esb-gateway");
    }
}
