using System.Diagnostics;
using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Swapping;

/// <summary>
/// Events in the life of a platform in random order, while eight clients send requests without a pause: new versions,
/// and workers, agents and gateways that are killed. <c>ATTACK_MINUTES</c> sets the duration; scripts/attack.sh runs it
/// for an hour.
/// </summary>
internal sealed class MixedLoadTests
{
    private const int Clients = 8;

    private static readonly double Minutes = double.Parse(
        Environment.GetEnvironmentVariable("ATTACK_MINUTES") ?? "0.4", CultureInfo.InvariantCulture);

    private readonly List<(string Killed, DateTime From, DateTime To)> _outages = [];

    [Test]
    [NotInParallel]
    public async Task Deploys_and_kills_under_load_cause_no_wrong_answer_and_fail_only_requests_on_what_was_killed()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var files = await SwappedFiles.CreateAsync(platform);
        await files.SwapAsync(0);
        await using var load = LoadOfClients.Start(platform, files, Clients);
        await AnsweredAsync(load);
        var memory = await LiveAsync(platform, files, load);
        await load.StopAsync();

        var unexplained = load.Failed.Where(f => !_outages.Exists(o => During(o, f))).Select(Described).ToList();
        var ofWorkers = load.Failed.Count(f => _outages.Find(o => During(o, f)).Killed == "worker");
        var killed = _outages.GroupBy(o => o.Killed).ToDictionary(g => g.Key, g => g.Count());
        if (Environment.GetEnvironmentVariable("ATTACK_REPORT") is { } report)
        {
            await File.WriteAllTextAsync(report, string.Create(CultureInfo.InvariantCulture, $"""
                {Minutes} minutes of mixed load: {load.Answers} requests, {files.Live} versions, killed {string.Join(", ", killed.Select(k => $"{k.Key} {k.Value} times"))}
                {load.Wrong.Count} wrong answers, {load.Failed.Count} failed while something was down ({ofWorkers} on killed workers), {unexplained.Count} at other times
                gateway {memory[0]:0.0} -> {memory[^1]:0.0} MiB, at most {memory.Max():0.0}

                """));
        }

        await Assert.That(load.Wrong).IsEmpty();
        await Assert.That(unexplained).IsEmpty();
        await Assert.That(killed["worker"]).IsGreaterThan(0);
        // A worker has one request at a time.
        await Assert.That(ofWorkers).IsLessThanOrEqualTo(killed["worker"]);
        // The heap grows until it has been full once; in a short run, the first figure is from before that.
        await Assert.That(memory.Max() / memory[0]).IsLessThanOrEqualTo(Minutes >= 8 ? 1.5 : 2);
    }

    // Returns the gateway's memory in MiB after each round.
    private async Task<List<double>> LiveAsync(Platform platform, SwappedFiles files, LoadOfClients load)
    {
        var random = new Random(7);
        List<double> memory = [];
        var version = 0;
        for (var started = DateTime.UtcNow; DateTime.UtcNow - started < TimeSpan.FromMinutes(Minutes);)
        {
            for (var i = random.Next(2, 8); i > 0; i--)
                await files.SwapAsync(++version);
            await AnsweredAsync(load);
            memory.Add(PlatformProcesses.GatewayMemory(platform));
            await OutageAsync("worker", load, () => KillWorkerAsync(platform, random));
            if (random.Next(3) == 0)
                await OutageAsync("agent", load, () => RestartAsync(platform, "esb-agent"));
            if (random.Next(3) == 0)
                await OutageAsync("gateway", load, () => RestartAsync(platform, "esb-gateway"));
        }

        return memory;
    }

    // The outage is over when each client has been answered twice: by then, every request that was in flight has ended.
    private async Task OutageAsync(string killed, LoadOfClients load, Func<Task> kill)
    {
        var from = DateTime.UtcNow;
        await kill();
        await AnsweredAsync(load);
        _outages.Add((killed, from, DateTime.UtcNow));
    }

    private static Task AnsweredAsync(LoadOfClients load)
    {
        var before = load.Succeeded;
        return Eventually.TrueAsync(() => load.Succeeded.Zip(before).All(c => c.First >= c.Second + 2));
    }

    private static bool During((string Killed, DateTime From, DateTime To) outage, FailedRequest request) =>
        request.Ended >= outage.From && request.Ended <= outage.To;

    private string Described(FailedRequest request)
    {
        var (killed, from, to) = _outages.LastOrDefault(o => o.From <= request.Ended);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Text} at {request.Ended:HH:mm:ss.fff}, sent at {request.Sent:HH:mm:ss.fff}; "
                + $"the last before was {killed}, from {from:HH:mm:ss.fff} to {to:HH:mm:ss.fff}");
    }

    // A worker may end by itself between being found and being killed; then another one is chosen.
    private static Task KillWorkerAsync(Platform platform, Random random) => Eventually.TrueAsync(async () =>
    {
        var workers = SwappedFiles.WorkersOf(platform);
        if (workers.Count == 0)
            return false;
        try
        {
            using var worker = Process.GetProcessById(workers[random.Next(workers.Count)]);
            worker.Kill();
            await worker.WaitForExitAsync();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    });

    private static async Task RestartAsync(Platform platform, string binary)
    {
        await PlatformProcesses.KillAsync(platform, binary);
        var up = await platform.EsbAsync("up");
        if (up.ExitCode != 0)
            throw new InvalidOperationException(up.ToString());
    }
}
