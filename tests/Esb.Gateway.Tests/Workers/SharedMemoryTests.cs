using System.Collections.Frozen;
using Esb.Gateway.Clocks;
using Esb.Gateway.Configuration;
using Esb.Gateway.Invoking;
using Esb.Gateway.Routing;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;

namespace Esb.Gateway.Tests.Workers;

/// <summary>Two functions of 128 MiB each and memory for three workers.</summary>
internal sealed class SharedMemoryTests
{
    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch);
    private readonly WorkerMemory _memory = new(3 * 128);
    private readonly List<Worker> _started = [];
    private readonly List<Worker> _stopped = [];
    private readonly WorkerPool _a;
    private readonly WorkerPool _b;
    private readonly TimeoutTimer _timeouts;
    private int _requests;

    public SharedMemoryTests()
    {
        (_a, _b) = (Pool("a"), Pool("b"));
        var configuration = new LiveConfiguration(_time);
        var functions = new[] { _a, _b }.ToFrozenDictionary(
            p => p.Spec.Function, p => new FunctionEntry(p.Spec.Function, p, new FunctionStatistics(_time), []));
        configuration.Swap(
            new Snapshot(WrittenConfiguration.None, _time.Now(), RouteTable.Build([], new DiagnosticBag()), functions));
        _timeouts = new TimeoutTimer(configuration, _time);
    }

    [Test]
    public async Task A_burst_of_one_function_uses_the_available_memory_and_the_rest_waits()
    {
        for (var i = 0; i < 5; i++)
            Submit(_a);
        await Assert.That((_started.Count, _memory.Taken, _a.NeedsMemory)).IsEqualTo((3, 3 * 128L, true));
    }

    [Test]
    public async Task An_idle_worker_makes_room_for_another_function_and_a_busy_one_never_does()
    {
        for (var i = 0; i < 3; i++)
            Submit(_a);
        var workers = _started.ToList();
        var waits = workers.ConvertAll(w => _a.NextAsync(w, CancellationToken.None));
        _a.TryComplete(workers[0], "1", PoolUnderTest.Answer);
        var idle = _a.NextAsync(workers[0], CancellationToken.None);
        Submit(_b);
        Submit(_b);
        await Assert.That(_started.Count).IsEqualTo(3);
        _timeouts.EnforceTimeouts();
        await Assert.That(await idle).IsNull();
        await Assert.That(_stopped.Single()).IsSameReferenceAs(workers[0]);
        await Assert.That(_started.Count(w => w.Pool == _b)).IsEqualTo(1);
        _timeouts.EnforceTimeouts();
        await Assert.That(_stopped.Count).IsEqualTo(1);
    }

    [Test]
    public async Task Freed_memory_goes_to_the_functions_in_turn()
    {
        for (var i = 0; i < 6; i++)
            Submit(_a);
        for (var i = 0; i < 6; i++)
            Submit(_b);
        foreach (var worker in _started.ToList())
            _a.Exited(worker, "exit status 0", outOfMemory: false);
        for (var i = 0; i < 4; i++)
            _timeouts.EnforceTimeouts();
        await Assert.That(_b.Snapshot().Count).IsGreaterThan(0);
        await Assert.That(_memory.Taken).IsEqualTo(3 * 128L);
    }

    [Test]
    public async Task Reserved_memory_is_available_to_its_function_only()
    {
        _memory.Reserve(2 * 128);
        _b.Adjust(_b.Limits with { MaxCapacity = 2, Reserved = 2 });
        for (var i = 0; i < 3; i++)
            Submit(_a);
        await Assert.That(_started.Count(w => w.Pool == _a)).IsEqualTo(1);
        for (var i = 0; i < 3; i++)
            Submit(_b);
        await Assert.That(_started.Count(w => w.Pool == _b)).IsEqualTo(2);
    }

    private void Submit(WorkerPool pool) =>
        pool.TrySubmit(new Invocation($"{++_requests}", "{}"u8.ToArray(), _time.Steady()));

    private WorkerPool Pool(string name)
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
        var limits = new PoolLimits(0, 10, TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        return new WorkerPool(spec, limits, new WorkerControl(_started.Add, _stopped.Add) { Memory = _memory }, _time);
    }
}
