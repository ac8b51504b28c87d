using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Tests.Settings;

internal sealed class TraceSettingsTests
{
    [Test]
    [Arguments("", null)]
    [Arguments("ENDPOINT=", null)]
    [Arguments("ENDPOINT=http://c:4318", "http://c:4318/v1/traces esb-gateway")]
    [Arguments("ENDPOINT=https://c/otlp/ OTEL_SERVICE_NAME=box", "https://c/otlp/v1/traces box")]
    [Arguments("ENDPOINT=http://c TRACES_ENDPOINT=http://t/here", "http://t/here esb-gateway")]
    [Arguments("ENDPOINT=http://c HEADERS=a=b TRACES_HEADERS=c=d%20e", "http://c/v1/traces esb-gateway [c, d e]")]
    [Arguments("ENDPOINT=http://c PROTOCOL=grpc TRACES_PROTOCOL=http/protobuf", "http://c/v1/traces esb-gateway")]
    [Arguments("ENDPOINT=http://c OTEL_RESOURCE_ATTRIBUTES=service.name=mine,zone=b", "http://c/v1/traces mine,b")]
    [Arguments("ENDPOINT=http://c OTEL_TRACES_EXPORTER=none", null)]
    [Arguments("ENDPOINT=http://c OTEL_SDK_DISABLED=True", null)]
    [Arguments("ENDPOINT=http://c OTEL_SDK_DISABLED=False OTEL_TRACES_EXPORTER=otlp", "http://c/v1/traces esb-gateway")]
    public async Task The_variables_of_OpenTelemetry_determine_where_spans_are_sent(string variables, string? expected)
    {
        var settings = Read(variables);
        await Assert.That(settings is null ? null : TextOf(settings)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("ENDPOINT=collector:4318", "OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4318'")]
    [Arguments("TRACES_ENDPOINT=/v1/traces", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is '/v1/traces'")]
    [Arguments("ENDPOINT=http://c PROTOCOL=grpc", "OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc'; allowed: http/protobuf")]
    [Arguments("ENDPOINT=http://c HEADERS=secret", "OTEL_EXPORTER_OTLP_HEADERS is 'secret'; allowed: name=value")]
    [Arguments("ENDPOINT=http://c TIMEOUT=soon", "OTEL_EXPORTER_OTLP_TIMEOUT is 'soon'")]
    [Arguments("ENDPOINT=http://c OTEL_SDK_DISABLED=yes", "OTEL_SDK_DISABLED is 'yes'; allowed: false or true")]
    [Arguments("ENDPOINT=http://c OTEL_TRACES_EXPORTER=zipkin", "OTEL_TRACES_EXPORTER is 'zipkin'")]
    [Arguments("ENDPOINT=http://c OTEL_TRACES_EXPORTER=None", "OTEL_TRACES_EXPORTER is 'None'")]
    public async Task A_value_that_cannot_be_used_is_reported_with_its_variable(string variables, string message)
    {
        await Assert.That(() => Read(variables)).Throws<SettingException>().WithMessageContaining(message);
    }

    private static TraceSettings? Read(string variables) => TraceSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=', 2))
            .ToDictionary(
                p => p[0].StartsWith("OTEL_", StringComparison.Ordinal) ? p[0] : $"OTEL_EXPORTER_OTLP_{p[0]}",
                p => (string?)p[1]))
        .Build());

    private static string TextOf(TraceSettings settings)
    {
        var resource = string.Join(',', settings.Resource.Values);
        return $"{settings.Endpoint} {resource} {string.Join(',', settings.Headers)}".TrimEnd();
    }
}
