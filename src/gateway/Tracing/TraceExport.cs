using System.Diagnostics;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Esb.Gateway.Settings;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Tracing;

/// <summary>
/// Sends spans to an OpenTelemetry collector, in batches beside the requests (decision 50). What the collector does not take in time is
/// dropped: a full queue takes no more, and a batch that failed is not sent again.
/// </summary>
internal sealed partial class TraceExport : IDisposable
{
    private const int Backlog = 8_192;
    private const int BatchSize = 512;

    // A collector that does not answer must not keep a gateway from ending.
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(2);

    private readonly Channel<Activity> _ended = Channel.CreateBounded<Activity>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TraceSettings _settings;
    private readonly ILogger<TraceExport> _logger;
    private readonly HttpClient _http;
    private readonly ActivityListener _listener;
    private bool _lost;

    public TraceExport(TraceSettings settings, ILogger<TraceExport> logger, TimeProvider time)
    {
        (_settings, _logger) = (settings, logger);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = settings.Timeout };
        foreach (var (name, value) in settings.Headers)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        // Ids that X-Ray takes, too: they begin with the time.
        Activity.TraceIdGenerator = () => ActivityTraceId.CreateFromString(TraceHeader.NewId(time.GetUtcNow()));
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.Name,
            Sample = Sample,
            ActivityStopped = span =>
            {
                if (span.Recorded)
                    _ended.Writer.TryWrite(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Sends until cancelled, then what is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _ended.Reader.WaitToReadAsync(cancellationToken))
            {
                await Task.Delay(_settings.Delay, cancellationToken);
                while (_ended.Reader.TryPeek(out _))
                    await SendAsync(Batch(), cancellationToken);
            }
        }
        finally
        {
            using var patience = new CancellationTokenSource(LastPatience);
            while (_ended.Reader.TryPeek(out _) && !patience.IsCancellationRequested)
                await SendAsync(Batch(), patience.Token);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _http.Dispose();
    }

    // As the caller decided; what begins here is kept.
    private static ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        options.Parent.TraceId == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData;

    private byte[] Batch()
    {
        var spans = new List<Activity>(BatchSize);
        while (spans.Count < BatchSize && _ended.Reader.TryRead(out var span))
            spans.Add(span);
        return OtlpBatch.Write(_settings.Resource, spans);
    }

    private async Task SendAsync(byte[] batch, CancellationToken cancellationToken)
    {
        var reason = await TrySendAsync(batch, cancellationToken);
        if (reason is not null && !_lost)
            LogLost(_logger, _settings.Endpoint, reason);
        _lost = reason is not null;
    }

    // Null: it took them.
    private async Task<string?> TrySendAsync(byte[] batch, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(batch);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            using var response = await _http.PostAsync(_settings.Endpoint, content, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            // What went wrong with TLS stands inside.
            return e.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            // Also when we end: it has had this batch for a while.
            return "it did not answer in time";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Collector} does not take spans: {Reason}")]
    private static partial void LogLost(ILogger logger, Uri collector, string reason);
}
