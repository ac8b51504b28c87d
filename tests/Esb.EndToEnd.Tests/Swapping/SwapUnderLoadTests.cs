using System.Globalization;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Swapping;

/// <summary>
/// Functions and routes that are replaced while eight clients send requests without a pause. <c>ATTACK_ROUNDS</c> sets
/// the number of swaps; scripts/attack.sh runs a thousand and prints what is written to the file named by
/// <c>ATTACK_REPORT</c>.
/// </summary>
internal sealed class SwapUnderLoadTests
{
    private const int Clients = 8;

    private static readonly int Swaps = int.Parse(
        Environment.GetEnvironmentVariable("ATTACK_ROUNDS") ?? "25", CultureInfo.InvariantCulture);

    // Memory grows until everything with a limit is full, such as the last 8,192 lines of the log, and is constant then
    // (docs/benchmarks.md).
    private static readonly int WarmUp = Math.Max(20, Swaps * 3 / 2);

    [Test]
    [NotInParallel]
    public async Task Swaps_under_load_lose_and_misroute_no_request_and_leave_no_worker_and_no_memory_behind()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var files = await SwappedFiles.CreateAsync(platform);
        await files.SwapAsync(0);
        await using (var warmUp = LoadOfClients.Start(platform, files, Clients))
        {
            await SwapAsync(files, warmUp, 1, WarmUp);
            await warmUp.StopAsync();
        }

        var before = PlatformProcesses.GatewayMemory(platform);
        await using var load = LoadOfClients.Start(platform, files, Clients);
        await SwapAsync(files, load, WarmUp + 1, Swaps);
        await load.StopAsync();
        var after = PlatformProcesses.GatewayMemory(platform);

        // Replaced workers end after they have answered: only workers of the current revisions are left, and no other
        // process.
        await Eventually.TrueAsync(async () => (await WorkersAsync(platform))
            .All(w => files.Revisions.Contains(w.Revision) && w.State is "idle" or "starting"));
        var workers = await WorkersAsync(platform);
        await Eventually.TrueAsync(() => SwappedFiles.WorkersOf(platform).Count <= workers.Count);
        if (Environment.GetEnvironmentVariable("ATTACK_REPORT") is { } report)
            await File.WriteAllTextAsync(
                report,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Swaps} swaps under load: {load.Answers} requests, {load.Failed.Count} failed, "
                        + $"{load.Wrong.Count} misrouted, {workers.Count} workers left, all of the revisions in "
                        + $"service, gateway {before:0.0} -> {after:0.0} MiB ({after / before:0.00} x)\n"));
        await Assert.That(load.Failed).IsEmpty();
        await Assert.That(load.Wrong).IsEmpty();
        await Assert.That(load.Answers).IsGreaterThan(Swaps);
        // The heap grows until it has been full once; over a thousand swaps it must not.
        await Assert.That(after / before).IsLessThanOrEqualTo(Swaps >= 1_000 ? 1.1 : 1.5);
    }

    // Usually a new version follows when the previous one has answered; every tenth time it follows at once, so that
    // workers are given up while they start.
    private static async Task SwapAsync(SwappedFiles files, LoadOfClients load, int first, int count)
    {
        for (var version = first; version < first + count; version++)
        {
            var answers = load.Answers;
            await files.SwapAsync(version);
            if (version % 10 != 0)
                await Eventually.TrueAsync(() => load.Answers >= answers + Clients);
        }
    }

    private static async Task<List<(string Revision, string State)>> WorkersAsync(Platform platform)
    {
        using var admin = new HttpClient();
        using var workers = JsonDocument.Parse(
            await admin.GetStringAsync($"http://127.0.0.1:{platform.AdminPort}/workers"));
        return [.. workers.RootElement.EnumerateArray()
            .Select(w => (w.GetProperty("revision").GetString()!, w.GetProperty("state").GetString()!))];
    }
}
