using Esb.EndToEnd.Tests.Platforms;
using TUnit.Core.Interfaces;

namespace Esb.EndToEnd.Tests.Tracing;

/// <summary>
/// A platform whose gateway sends its spans to our collector, with one function that returns its trace.
/// </summary>
public sealed class TracedPlatform : IAsyncInitializer, IAsyncDisposable
{
    /// <summary>The platform; not public, because TUnit would dispose it a second time.</summary>
    internal Platform Platform { get; private set; } = null!;

    internal Collector Collector { get; } = new();

    /// <summary>A client that adds no trace, as .NET's client does by default.</summary>
    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Platform = new Platform(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", Collector.Address.AbsoluteUri),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-team=box"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50"));
        await Platform.InitializeAsync();
        Client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null })
        {
            BaseAddress = Platform.Client.BaseAddress,
        };
        var handler = Templates.Handler(
            "if (event.get('queryStringParameters') or {}).get('fail'):",
            "    raise ValueError('as asked')",
            "return {'statusCode': 200, 'body': json.dumps({'trace': os.environ['_X_AMZN_TRACE_ID'], 'id': "
                + "context.aws_request_id, 'w3c': event.get('headers', {}).get('traceparent')})}");
        await Platform.DeployAsync(Platform.Write(
            "traced", Templates.Function("traced", "'/traced/{id}'"), ("src/app.py", handler)));
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Platform is not null)
            await Platform.DisposeAsync();
        Collector.Dispose();
    }
}
