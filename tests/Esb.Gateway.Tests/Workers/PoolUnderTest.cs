using Esb.Gateway.Clocks;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.Workers;

/// <summary>A pool of at most three workers whose effects are lists for inspection.</summary>
internal sealed class PoolUnderTest
{
    private int _requests;

    public PoolUnderTest()
    {
        var spec = new WorkerSpec
        {
            Function = "f",
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
        var limits = new PoolLimits(0, 3, TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3));
        Pool = new WorkerPool(
            spec, limits, new WorkerControl(Started.Add, Stopped.Add) { Obstacle = () => Obstacle }, Time);
    }

    public static InvocationResult Answer { get; } = InvocationResult.Success("{}"u8.ToArray());

    public ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>Why no worker can be started.</summary>
    public string? Obstacle { get; set; }

    public List<Worker> Started { get; } = [];

    public List<Worker> Stopped { get; } = [];

    public WorkerPool Pool { get; }

    public Invocation NewInvocation() => new($"request-{++_requests}", "{}"u8.ToArray(), Time.Steady());

    public Invocation Submit()
    {
        var invocation = NewInvocation();
        return Pool.TrySubmit(invocation)
            ? invocation
            : throw new InvalidOperationException("The pool is being drained.");
    }

    public Task<Invocation?> Next(Worker worker) => Pool.NextAsync(worker, CancellationToken.None);

    /// <summary>A worker that has answered its first event.</summary>
    public async Task<Worker> IdleWorkerAsync()
    {
        var invocation = Submit();
        var worker = Started[^1];
        await Next(worker);
        Pool.TryComplete(worker, invocation.RequestId, Answer);
        return worker;
    }
}
