using System.Diagnostics;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Esb.Gateway.Settings;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Tracing;

/// <summary>
/// Sends spans to an OpenTelemetry collector, in asynchronous batches (decision 50). Spans that the collector does not
/// accept in time are dropped: a full queue accepts no more spans, and a failed batch is not sent again.
/// </summary>
internal sealed partial class TraceExport : IDisposable
{
    private const int Backlog = 8_192;
    private const int BatchSize = 512;

    // A collector that does not answer must not delay the gateway's end.
    private static readonly TimeSpan LastBatchTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<Activity> _ended = Channel.CreateBounded<Activity>(
        new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TraceSettings _settings;
    private readonly ILogger<TraceExport> _logger;
    private readonly HttpClient _http;
    private readonly ActivityListener _listener;
    private bool _lost;

    public TraceExport(TraceSettings settings, ILogger<TraceExport> logger, TimeProvider time)
    {
        (_settings, _logger) = (settings, logger);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        {
            Timeout = settings.Timeout,
        };
        foreach (var (name, value) in settings.Headers)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        // These ids are also valid for X-Ray, since they begin with the time.
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

    /// <summary>Sends until cancelled, then the rest.</summary>
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
            using var timeout = new CancellationTokenSource(LastBatchTimeout);
            while (_ended.Reader.TryPeek(out _) && !timeout.IsCancellationRequested)
                await SendAsync(Batch(), timeout.Token);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _http.Dispose();
    }

    // The gateway follows the caller's decision; traces that begin here are recorded.
    private static ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        options.Parent.TraceId == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? ActivitySamplingResult.AllDataAndRecorded
            : ActivitySamplingResult.PropagationData;

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

    // Returns the error; null on success.
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
            // The innermost exception contains the TLS error.
            return e.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            // The message is also right when the gateway is stopping, since the collector has had the batch for a while
            // by then.
            return "it did not answer in time";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Collector} does not accept spans: {Reason}")]
    private static partial void LogLost(ILogger logger, Uri collector, string reason);
}
