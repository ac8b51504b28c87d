using Esb.Gateway.Logs;
using Esb.Gateway.Settings;
using Esb.Gateway.Tracing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Composition;

/// <summary>Where the gateway records its activity: logs of functions, access log, traces.</summary>
internal sealed class LogParts : IDisposable
{
    private readonly VictoriaLogs? _victoriaLogs;
    private readonly AccessLog _accessLog;
    private readonly TraceExport? _traces;

    public LogParts(GatewaySettings settings, ILoggerFactory logging, TimeProvider time)
    {
        Store = new LogStore(
            settings.LogFolder is { } folder ? new(folder, settings.LogBounds) : null,
            logging.CreateLogger<LogStore>());
        Figures = new RequestFigures();
        _victoriaLogs = settings.VictoriaLogs is { } server
            ? new VictoriaLogs(server, Store, logging.CreateLogger<VictoriaLogs>())
            : null;
        _accessLog = new AccessLog(
            settings.AccessLog is { } path ? new(path, settings.LogBounds) : null,
            Figures,
            logging.CreateLogger<AccessLog>(),
            time);
        _traces =
            settings.Traces is { } traces ? new TraceExport(traces, logging.CreateLogger<TraceExport>(), time) : null;
    }

    /// <summary>The output of functions.</summary>
    public LogStore Store { get; }

    /// <summary>Counts of requests.</summary>
    public RequestFigures Figures { get; }

    /// <summary>Adds an access log, and traces if they are exported, to the public port's handler.</summary>
    public RequestDelegate Around(RequestDelegate handler) =>
        _accessLog.Around(_traces is null ? handler : RequestSpans.Around(handler));

    /// <summary>Writes the logs and traces until cancelled.</summary>
    public IEnumerable<Task> Run(CancellationToken cancellationToken) =>
    [
        Store.RunAsync(cancellationToken),
        _accessLog.RunAsync(cancellationToken),
        _victoriaLogs?.RunAsync(cancellationToken) ?? Task.CompletedTask,
        _traces?.RunAsync(cancellationToken) ?? Task.CompletedTask,
    ];

    public void Dispose()
    {
        _victoriaLogs?.Dispose();
        _traces?.Dispose();
    }
}
