using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Configuration;

/// <summary>Looks at the files on an interval and on demand; what is good goes live, what is not leaves everything as it is.</summary>
internal sealed partial class Reloader(ConfigurationSource source, SnapshotBuilder builder, LiveConfiguration live, ILogger<Reloader> logger, TimeProvider time)
{
    private readonly SemaphoreSlim _one = new(1, 1); // one reload at a time

    /// <summary>Called after each swap with what was replaced.</summary>
    public event Action<Snapshot, IReadOnlyList<(string Function, WorkerPool Pool)>>? Swapped;

    /// <summary>Why the files as they are now are not served; null when they are.</summary>
    public Diagnostic? LastError { get; private set; }

    /// <summary>Looks until cancelled. An interval of zero means never.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        if (interval == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (source.HasChanged())
                await ReloadAsync(cancellationToken);
        }
    }

    /// <summary>Reads the files now and serves them if they are good and new.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            Reload();
        }
        finally
        {
            _one.Release();
        }
    }

    private void Reload()
    {
        var diagnostics = new DiagnosticBag();
        if (source.Read(diagnostics) is not { } written)
        {
            var error = diagnostics.First(d => d.Severity == Severity.Error);
            if (error != LastError)
                LogRefused(logger, error);
            LastError = error;
            return;
        }

        LastError = null;
        if (written.Hash == live.Current.Hash)
            return;
        var next = builder.Build(written, live.Current, diagnostics);
        foreach (var warning in diagnostics)
            LogWarning(logger, warning);
        var replaced = live.Swap(next);
        foreach (var entry in next.Functions.Values)
            entry.Pool.Limits = PoolLimits.From(written.Functions.Functions[entry.Name], written.Functions.Defaults);
        LogServed(logger, next.Hash, next.Functions.Count, written.Routing.Routes.Count, replaced.Count);
        Swapped?.Invoke(next, replaced);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving configuration {Hash}: {Functions} functions, {Routes} routes; {Replaced} functions replaced")]
    private static partial void LogServed(ILogger logger, string hash, int functions, int routes, int replaced);

    [LoggerMessage(Level = LogLevel.Error, Message = "Configuration not loaded, the last good one stays: {Error}")]
    private static partial void LogRefused(ILogger logger, Diagnostic error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, Diagnostic warning);
}
