using System.Net;
using Esb.EndToEnd.Tests.Platforms;
using Esb.EndToEnd.Tests.Tracing.Otlp;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.Tracing;

/// <summary>An OpenTelemetry collector that keeps what it receives.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Lock _gate = new();
    private readonly List<SpanSeen> _spans = [];

    public Collector()
    {
        Address = new Uri($"http://127.0.0.1:{FreePorts.Take()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>The <c>x-team</c> header of the last request.</summary>
    public string? Team { get; private set; }

    /// <summary>All spans of a trace, once the expected number has arrived.</summary>
    public async Task<IReadOnlyList<SpanSeen>> OfAsync(string trace, int count)
    {
        await Eventually.TrueAsync(() => Of(trace).Count >= count);
        return Of(trace);
    }

    public IReadOnlyList<SpanSeen> Of(string trace)
    {
        lock (_gate)
            return [.. _spans.Where(span => span.Trace == trace)];
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Keep(context.Request);
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Keep(HttpListenerRequest request)
    {
        if (request.Url!.AbsolutePath != "/v1/traces" || request.ContentType != "application/x-protobuf")
            return;
        Team = request.Headers["x-team"];
        var batch = Batch.Parser.ParseFrom(request.InputStream);
        lock (_gate)
            _spans.AddRange(batch.ResourceSpans.SelectMany(r => r.ScopeSpans.SelectMany(s => s.Spans)
                .Select(s => SpanSeen.Of(r.Resource, s))));
    }
}
