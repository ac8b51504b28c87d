using System.Diagnostics;
using Esb.Gateway.Settings;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Esb.Gateway.Tracing;

/// <summary>
/// Sends spans to an OpenTelemetry collector. Batches, the bounded queue behind them and the sampler are the library's (decision 50), with
/// its own variables: <c>OTEL_BSP_*</c>, <c>OTEL_TRACES_SAMPLER</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>.
/// </summary>
internal sealed class TraceExport : IDisposable
{
    // A collector that does not answer must not keep a gateway from ending.
    private const int LastBatch = 2_000;

    private readonly TracerProvider _provider;

    public TraceExport(TraceSettings settings, ILogger<TraceExport> logger, TimeProvider time)
    {
        // Ids that X-Ray takes, too: they begin with the time.
        Activity.TraceIdGenerator = () => ActivityTraceId.CreateFromString(TraceHeader.NewId(time.GetUtcNow()));
        var options = new OtlpExporterOptions { Endpoint = settings.Endpoint, Protocol = OtlpExportProtocol.HttpProtobuf, Headers = settings.Headers };
        var patience = TimeSpan.FromMilliseconds(options.TimeoutMilliseconds);
        options.HttpClientFactory = () => new HttpClient(new CollectorWatch(logger)) { Timeout = patience };
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(settings.ServiceName))
            .AddSource(Spans.Name)
            .AddProcessor(InBatches(new OtlpTraceExporter(options)))
            .Build();
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _provider.Shutdown(LastBatch);
        _provider.Dispose();
    }

    // The options read OTEL_BSP_* themselves. Put together by hand, it costs less of the binary than AddOtlpExporter.
    private static BatchActivityExportProcessor InBatches(OtlpTraceExporter exporter)
    {
        var options = new BatchExportActivityProcessorOptions();
        return new BatchActivityExportProcessor(exporter, options.MaxQueueSize, options.ScheduledDelayMilliseconds, options.ExporterTimeoutMilliseconds, options.MaxExportBatchSize);
    }
}
