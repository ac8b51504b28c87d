using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Tests.Configuration;

/// <summary>A real reloader over real folders of its own; the workers are lists that one can look at.</summary>
internal sealed class ReloadUnderTest : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly LoggerFactory _logging;
    private readonly string _root = Directory.CreateTempSubdirectory("esb-reload-").FullName;

    public ReloadUnderTest(SnapshotActivation? activation = null)
    {
        Runtime = Path.Combine(_root, "runtime-config");
        Baked = Directory.CreateDirectory(Path.Combine(_root, "config")).FullName;
        _logging = new LoggerFactory([Log]);
        Source = new ConfigurationSource([Runtime, Baked], TimeProvider.System);
        Live = new LiveConfiguration(TimeProvider.System);
        var builder = new SnapshotBuilder(new WorkerControl(_ => { }, _ => { }), TimeProvider.System);
        Reloader = new Reloader(Source, builder, Live, _logging.CreateLogger<Reloader>(), TimeProvider.System)
        {
            Activation = activation,
        };
    }

    public string Root => _root;

    public string Runtime { get; }

    public string Baked { get; }

    public LogLines Log { get; } = new();

    public ConfigurationSource Source { get; }

    public LiveConfiguration Live { get; }

    public Reloader Reloader { get; }

    /// <summary>What is served, in the form <c>GET /a→a GET /b→b</c>.</summary>
    public string Served => string.Join(' ', Live.Current.Routes.All.Select(r => $"{r.RouteKey}→{r.Function}"));

    public static string FunctionsFor(params string[] names) => "functions:\n" + string.Concat(names.Select(n => Function(n)));

    public static string Function(string name, string code = "/code", int timeout = 3) => $"  {name}: {{ code: {code}, runtime: python3.11, timeout: {timeout}, handler: app.handler }}\n";

    public static string RoutesFor(params string[] names) => "routes:\n" + string.Concat(names.Select(n => $"  - {{ path: /{n}, function: {n} }}\n"));

    /// <summary>Writes both files as a deploy does: new files, renamed over the old ones.</summary>
    public static void Write(string folder, string functions, string routing)
    {
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, "functions.yml"), functions);
        Replace(Path.Combine(folder, "routing.yml"), routing);
    }

    public void Write(params string[] names) => Write(Runtime, FunctionsFor(names), RoutesFor(names));

    public static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    public Task ReloadAsync() => Reloader.ReloadAsync(CancellationToken.None);

    /// <summary>Looks by itself from now on, as the gateway does.</summary>
    public void Watch() => _ = Reloader.RunAsync(Interval, _stop.Token);

    /// <summary>Until the reloader has looked at the files as they are now, whatever it makes of them.</summary>
    public async Task UntilLookedAtAsync(long after) =>
        await Eventually.TrueAsync(() => Looks > after);

    public long Looks => Reloader.Statistics.Served + Reloader.Statistics.Failed + Reloader.Statistics.Unchanged;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _logging.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Keeps what is logged.</summary>
    internal sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add($"{logLevel}: {formatter(state, exception)}");
        }

        public void Dispose()
        {
        }
    }
}
