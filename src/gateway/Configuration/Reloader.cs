using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Configuration;

/// <summary>Reloads the files on an interval and on demand. Invalid files change nothing.</summary>
internal sealed partial class Reloader(
    ConfigurationSource source,
    SnapshotBuilder builder,
    LiveConfiguration live,
    ILogger<Reloader> logger,
    TimeProvider time)
{
    private readonly SemaphoreSlim _one = new(1, 1); // one reload at a time; guards source

    private volatile Diagnostic? _lastError;

    /// <summary>Runs after each swap.</summary>
    public SnapshotActivation? Activation { get; init; }

    /// <summary>Why the current files are not served; null when they are.</summary>
    public Diagnostic? LastError => _lastError;

    /// <summary>Statistics since the start.</summary>
    public ReloadStatistics Statistics { get; } = new();

    /// <summary>Checks the files at this interval until cancelled; with an interval of zero, never.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        if (interval == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await ReloadChangedAsync(cancellationToken);
    }

    /// <summary>
    /// Reads the files now, and serves them if they are valid and new. The caller guarantees that they are complete, so
    /// there is no wait.
    /// </summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await ReloadOnThreadAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads the files if they have changed, once they are no longer being written.</summary>
    public async Task ReloadChangedAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!source.HasChanged())
                return;
            await source.SettleAsync(cancellationToken);
            await ReloadOnThreadAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    // Parsing a large file takes a while, so it runs on its own thread and not on one that answers requests.
    private Task ReloadOnThreadAsync() =>
        Task.Factory.StartNew(
            ReloadSafely, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // A defect in a parser must stop neither the gateway nor later reloads.
    private void ReloadSafely()
    {
        try
        {
            Reload();
        }
#pragma warning disable CA1031 // Any exception is reported, and the current configuration stays.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogDefect(logger, e);
            Refuse(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.Environment,
                $"the configuration could not be loaded: {e.Message}",
                Help: "the log of the gateway has the details"));
        }
    }

    private void Reload()
    {
        var started = time.GetTimestamp();
        var diagnostics = new DiagnosticBag();
        if (source.Read(diagnostics) is not { } written)
        {
            Refuse(diagnostics.First(d => d.Severity == Severity.Error));
            return;
        }

        _lastError = null;
        if (written.IsSameAs(live.Current.Written))
        {
            Statistics.CountUnchanged();
            return;
        }

        var built = builder.Build(written, live.Current, diagnostics);
        foreach (var warning in diagnostics)
            LogWarning(logger, warning);
        Serve(built, started);
    }

    private void Serve(BuiltSnapshot built, long started)
    {
        var (next, functions, routes) = built;
        var replaced = live.Swap(next);
        foreach (var name in functions.Adjusted)
            next.Functions[name]
                .Pool.Adjust(PoolLimits.From(next.Written.Functions.Functions[name], next.Written.Functions.Defaults));
        var duration = time.GetElapsedTime(started);
        Statistics.CountServed(duration);
        LogServed(logger, next.Hash, duration.TotalMilliseconds, functions, routes);
        Activation?.Run(next, replaced);
    }

    private void Refuse(Diagnostic error)
    {
        Statistics.CountFailed();
        if (error != _lastError)
            LogRefused(logger, error);
        _lastError = error;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Serving configuration {Hash} after {Milliseconds:0.0} ms; functions: {Functions}; routes: {Routes}")]
    private static partial void LogServed(
        ILogger logger,
        string hash,
        double milliseconds,
        ChangeList functions,
        ChangeList routes);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "Configuration not loaded, the previous one stays in use: {Error}")]
    private static partial void LogRefused(ILogger logger, Diagnostic error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Configuration not loaded because of a defect in the gateway")]
    private static partial void LogDefect(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, Diagnostic warning);
}
