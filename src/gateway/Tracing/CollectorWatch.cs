using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Tracing;

/// <summary>Says once when the collector does not take spans any more: the library itself tells nobody.</summary>
internal sealed partial class CollectorWatch(ILogger<TraceExport> logger) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
{
    // One batch is sent at a time.
    private bool _lost;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = base.Send(request, cancellationToken);
            Note(request, response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}");
            return response;
        }
        catch (HttpRequestException e)
        {
            Note(request, e.Message);
            throw;
        }
        catch (OperationCanceledException)
        {
            Note(request, "it did not answer in time");
            throw;
        }
    }

    private void Note(HttpRequestMessage request, string? reason)
    {
        if (reason is not null && !_lost)
            LogLost(logger, request.RequestUri, reason);
        _lost = reason is not null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Collector} does not take spans: {Reason}")]
    private static partial void LogLost(ILogger logger, Uri? collector, string reason);
}
