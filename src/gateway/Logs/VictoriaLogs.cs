using System.Net.Http.Headers;
using System.Text.Json;
using Esb.AdminProtocol;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Logs;

/// <summary>
/// Sends every line to VictoriaLogs. Source: VictoriaLogs, "Data ingestion", JSON stream API. Functions never wait for
/// VictoriaLogs: lines that it does not accept in time are not sent, but remain in the gateway's own log.
/// </summary>
internal sealed partial class VictoriaLogs(Uri server, LogStore store, ILogger<VictoriaLogs> logger) : IDisposable
{
    private const int MaxLines = 1_000;
    private const string Insert = "/insert/jsonline?_stream_fields=function,stream&_msg_field=text&_time_field=time";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        BaseAddress = server,
        Timeout = Timeout,
    };

    /// <summary>Sends until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var follower = store.Follow() ?? throw new InvalidOperationException("it is the first to follow");
        var lost = false;
        while (await follower.Lines.WaitToReadAsync(cancellationToken))
        {
            var reason = await SendAsync(Batch(follower), cancellationToken);
            if (reason is not null && !lost)
                LogLost(logger, server, reason);
            lost = reason is not null;
            if (lost)
                await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Batch(LogStore.Follower follower)
    {
        using var lines = new MemoryStream();
        for (var i = 0; i < MaxLines && follower.Lines.TryRead(out var record); i++)
        {
            JsonSerializer.Serialize(lines, record, AdminJson.Default.LogRecord);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    // Returns the error; null on success.
    private async Task<string?> SendAsync(byte[] lines, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(lines);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/stream+json");
            using var response = await _http.PostAsync(Insert, content, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it did not answer for {Timeout.TotalSeconds:0} s";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Server} does not accept log lines: {Reason}")]
    private static partial void LogLost(ILogger logger, Uri server, string reason);
}
