using System.Collections.Frozen;
using System.Text;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Invoking;
using Esb.Gateway.Logs;
using Esb.Gateway.Routing;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Asynchronous;

/// <summary>C# functions behind real pools and a real journal, with a manual clock.</summary>
internal sealed class Functions : IDisposable
{
    private readonly Dictionary<string, FunctionEntry> _entries = [];
    private readonly LiveConfiguration _configuration;
    private readonly string _folder;

    public Functions(string folder)
    {
        _folder = folder;
        _configuration = new LiveConfiguration(Time);
    }

    /// <summary>The boot id of the machine by default.</summary>
    public static Guid FirstBoot { get; } = Guid.NewGuid();

    /// <summary>The boot id of the machine that this gateway runs on.</summary>
    public Guid Boot { get; init; } = FirstBoot;

    public ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public AsynchronousInvocations Later { get; private set; } = null!;

    /// <summary>The calls of all functions, in order.</summary>
    public List<(string Function, string RequestId, string Payload)> Calls { get; } = [];

    /// <param name="name">Its name.</param>
    /// <param name="body">Called with the payload; an exception is the function's error.</param>
    /// <param name="settings">The settings for its events.</param>
    /// <param name="capacity">How many of its workers may run at once.</param>
    /// <param name="application">Its application.</param>
    public Functions With(
        string name,
        Func<string, Task<string>> body,
        AsynchronousSettings? settings = null,
        int capacity = 2,
        string? application = null)
    {
        var spec = new WorkerSpec
        {
            Function = name,
            Revision = "1",
            Image = "",
            Code = "/f",
            Runtime = "python3.11",
            Handler = "app.handler",
            MemorySize = 128,
            Environment = new Dictionary<string, string>(),
            Layers = [],
            Fingerprint = "1",
        };
        var limits = new PoolLimits(
            0, capacity, TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromHours(24));
        var pool = new WorkerPool(
            spec, limits, new WorkerControl(worker => _ = WorkAsync(worker, body), _ => { }), Time);
        _entries[name] = new FunctionEntry(name, pool, new FunctionStatistics(Time), [])
        {
            Asynchronous = settings ?? AsynchronousSettings.None,
            Application = application,
        };
        return this;
    }

    /// <summary>Removes a function.</summary>
    public void Remove(string name)
    {
        _entries.Remove(name);
        Serve();
    }

    /// <param name="isShared">Whether another gateway may have its journal in the same folder.</param>
    public Functions Start(bool isShared = false)
    {
        Serve();
        var dispatcher = new Dispatcher(
            _configuration, new InvocationLog(new LogStore(null, NullLogger<LogStore>.Instance), Time), Time);
        var store = AsynchronousStore.Open(
            _folder, 64 * 1024 * 1024, "eu-central-1", isShared, Boot, NullLogger.Instance);
        Later = new AsynchronousInvocations(
            _configuration, dispatcher, store, NullLogger<AsynchronousInvocations>.Instance, Time);
        Later.Resume();
        return this;
    }

    /// <summary>Serves functions that were added since.</summary>
    public void Serve() => _configuration.Swap(new Snapshot(
        WrittenConfiguration.None,
        Time.Now(),
        RouteTable.Build([], new DiagnosticBag()),
        _entries.ToFrozenDictionary()));

    public Task<Acceptance> AcceptAsync(string function, string payload, string? id = null) =>
        Later.AcceptAsync(new AsynchronousEvent(
            id ?? Guid.NewGuid().ToString(), function, Encoding.UTF8.GetBytes(payload), Time.GetUtcNow()));

    public int CallsOf(string function)
    {
        lock (Calls)
            return Calls.Count(c => c.Function == function);
    }

    /// <summary>The payload of the last call of a function.</summary>
    public string LastOf(string function)
    {
        lock (Calls)
            return Calls.Last(c => c.Function == function).Payload;
    }

    public void Dispose() => Later.Dispose();

    private async Task WorkAsync(Worker worker, Func<string, Task<string>> body)
    {
        await Task.Yield();
        while (await worker.Pool.NextAsync(worker, CancellationToken.None) is { } invocation)
        {
            var payload = Encoding.UTF8.GetString(invocation.Payload.Span);
            lock (Calls)
                Calls.Add((worker.Pool.Spec.Function, invocation.RequestId, payload));
            InvocationResult result;
            try
            {
                result = InvocationResult.Success(Encoding.UTF8.GetBytes(await body(payload)));
            }
            catch (InvalidOperationException e)
            {
                result = InvocationResult.Error(InvocationOutcome.Failed, "InvalidOperationException", e.Message);
            }

            worker.Pool.TryComplete(worker, invocation.RequestId, result);
        }
    }
}
