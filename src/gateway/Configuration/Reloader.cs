using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Configuration;

/// <summary>Looks at the files on an interval and on demand; what is good goes live, what is not leaves everything as it is.</summary>
internal sealed partial class Reloader(ConfigurationSource source, SnapshotBuilder builder, LiveConfiguration live, ILogger<Reloader> logger, TimeProvider time)
{
    private readonly SemaphoreSlim _one = new(1, 1); // one reload at a time; guards source

    private volatile Diagnostic? _lastError;

    /// <summary>Runs after each swap.</summary>
    public SnapshotActivation? Activation { get; init; }

    /// <summary>Why the files as they are now are not served; null when they are.</summary>
    public Diagnostic? LastError => _lastError;

    /// <summary>Figures since the start.</summary>
    public ReloadStatistics Statistics { get; } = new();

    /// <summary>Looks until cancelled. An interval of zero means never.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        if (interval == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await ReloadChangedAsync(cancellationToken);
    }

    /// <summary>
    /// Reads the files now and serves them if they are good and new. Whoever asks says that they are complete: nothing is waited for.
    /// </summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await OnThreadOfItsOwn();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Reads the files if they have changed, once nobody writes to them.</summary>
    public async Task ReloadChangedAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!source.HasChanged())
                return;
            await source.SettleAsync(cancellationToken);
            await OnThreadOfItsOwn();
        }
        finally
        {
            _one.Release();
        }
    }

    // Parsing a large file takes a core for a while; the threads that answer requests are not to be short of one meanwhile.
    private Task OnThreadOfItsOwn() =>
        Task.Factory.StartNew(ReloadSafely, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // A defect in a parser is no reason to stop serving, or to stop looking.
    private void ReloadSafely()
    {
        try
        {
            Reload();
        }
#pragma warning disable CA1031 // Whatever it is: it is told, and the last good configuration stays.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogDefect(logger, e);
            Refuse(new Diagnostic(Severity.Error, DiagnosticCodes.Environment, $"the configuration could not be loaded: {e.Message}", Help: "the log of the gateway has the details"));
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
            next.Functions[name].Pool.Adjust(PoolLimits.From(next.Written.Functions.Functions[name], next.Written.Functions.Defaults));
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving configuration {Hash} after {Milliseconds:0.0} ms; functions: {Functions}; routes: {Routes}")]
    private static partial void LogServed(ILogger logger, string hash, double milliseconds, ChangeList functions, ChangeList routes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Configuration not loaded, the last good one stays: {Error}")]
    private static partial void LogRefused(ILogger logger, Diagnostic error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Configuration not loaded because of a defect in the gateway")]
    private static partial void LogDefect(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, Diagnostic warning);
}
