using System.Diagnostics;
using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying.Faults;

/// <summary>
/// Many concurrent deploys, removals and prunes, and many that are killed. A normal run has a few rounds;
/// <c>scripts/attack.sh</c> sets ATTACK_ROUNDS for the full number and ATTACK_REPORT for the file with the results.
/// </summary>
internal sealed class CrowdTests
{
    private const int Teams = 12;

    [Test]
    public async Task Deploys_of_many_processes_at_once_lose_no_function_no_route_and_no_table()
    {
        using var workshop = new Workshop();
        var names = Enumerable.Range(0, Rounds(16)).Select(i => $"team-{i}").ToList();
        var templates = names.ConvertAll(n => workshop.Template(n));
        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(templates.Select(t => workshop.DeployAsync(t, "--lock-timeout", "10m")));
        var took = Stopwatch.GetElapsedTime(started);
        foreach (var result in results)
            await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(workshop.Keys()).IsEquivalentTo(names.SelectMany(Workshop.KeysOf));
        await Assert.That(workshop.Strangers()).IsEmpty();
        Report($"{names.Count} deploys at once from {names.Count} processes: {took.TotalSeconds:0.0} s, "
            + $"{workshop.Keys().Count} of {names.Count * 3} keys there, 0 lost");
    }

    [Test]
    public async Task Deploys_killed_at_random_moments_leave_complete_files_with_every_earlier_key()
    {
        using var workshop = new Workshop();
        var kills = Rounds(20);
        var longest = await MillisecondsOfOneAsync(workshop);
        var (round, killed, halfway) = (0, 0, 0);
        List<string> known = [.. Workshop.KeysOf("first")];
        for (; killed < kills; round++)
        {
            var name = $"team-{round % Teams}";
            var template = workshop.Template(name, value: round.ToString(CultureInfo.InvariantCulture));
            var before = workshop.Files();
            // The time can be a little longer than a deploy takes, however busy the machine is.
            if (await KilledAsync(workshop, TimeSpan.FromMilliseconds(
                Random.Shared.NextDouble() * longest), "deploy", "-t", template, "--no-wait"))
                (killed, longest) = (killed + 1, longest * 1.02);
            else
                longest = Math.Max(longest * 0.95, 1);
            await Assert.That(known.Except(workshop.Keys())).IsEmpty().Because($"round {round}");
            var torn = workshop.Files();
            var check = await workshop.DeployAsync(template, "--dry-run");
            await Assert.That(check.ExitCode).IsEqualTo(0).Because($"round {round}: {check}");

            var repair = await workshop.DeployAsync(template);
            await Assert.That(repair.ExitCode).IsEqualTo(0).Because($"round {round}: {repair}");
            var after = workshop.Files();
            foreach (var file in Workshop.FileNames)
                await Assert.That(torn[file] == before[file] || torn[file] == after[file]).IsTrue()
                    .Because($"round {round}: {file}");
            halfway +=
                Workshop.FileNames.Any(f => torn[f] != before[f]) && Workshop.FileNames.Any(f => torn[f] != after[f])
                    ? 1
                    : 0;
            known = [.. known.Union(Workshop.KeysOf(name))];
        }

        await Assert.That(workshop.Keys()).IsEquivalentTo(known);
        await Assert.That(workshop.Strangers()).IsEmpty();
        Report($"{round} deploys, {killed} killed before their end, {halfway} between two files: 0 damaged files, "
            + "0 keys lost, each repaired by the next deploy");
    }

    [Test]
    public async Task Removals_and_prunes_of_many_processes_at_once_remove_what_they_name_and_nothing_else()
    {
        using var workshop = new Workshop();
        var names = Enumerable.Range(0, Rounds(16)).Select(i => $"team-{i}").ToList();
        foreach (var name in names)
            await workshop.DeployAsync(workshop.Template(name), "--stack", name);
        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(
            names.Select((name, i) => i % 2 == 0 ? RemoveAsync(workshop, name) : PruneAsync(workshop, name)));
        var took = Stopwatch.GetElapsedTime(started);
        foreach (var result in results)
            await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(workshop.Keys())
            .IsEquivalentTo(names.Where((_, i) => i % 2 == 1).SelectMany(n => Workshop.KeysOf($"{n}-new")));
        await Assert.That(workshop.Strangers()).IsEmpty();
        Report($"{names.Count} removals and prunes at once from {names.Count} processes: {took.TotalSeconds:0.0} s, "
            + "each took its own and nothing else");
    }

    [Test]
    public async Task Removals_and_prunes_killed_at_random_moments_leave_complete_files_and_every_key_of_the_others()
    {
        using var workshop = new Workshop();
        await workshop.DeployAsync(workshop.Template("first"), "--stack", "first");
        var longest = await MillisecondsOfOneAsync(workshop);
        var (round, killed) = (0, 0);
        for (var kills = Rounds(20); killed < kills; round++)
        {
            await workshop.DeployAsync(workshop.Template("team"), "--stack", "team");
            var before = workshop.Files();
            string[] command = round % 2 == 0
                ? ["remove", "team", "--yes", "--no-wait"]
                : ["deploy", "-t", workshop.Template("team-new"), "--stack", "team", "--prune", "--no-wait"];
            if (await KilledAsync(workshop, TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * longest), command))
                (killed, longest) = (killed + 1, longest * 1.02);
            else
                longest = Math.Max(longest * 0.95, 1);
            var torn = workshop.Files();
            await Assert.That(Workshop.KeysOf("first").Except(workshop.Keys())).IsEmpty().Because($"round {round}");

            // The next command removes whatever was left of it.
            var repair = await workshop.RunAsync(Binaries.Esb, command);
            var isGone = repair.Error.Contains("there is no application 'team'", StringComparison.Ordinal);
            await Assert.That(repair.ExitCode == 0 || isGone).IsTrue().Because($"round {round}: {repair}");
            var after = workshop.Files();
            foreach (var file in Workshop.FileNames)
                await Assert.That(torn[file] == before[file] || torn[file] == after[file]).IsTrue()
                    .Because($"round {round}: {file}");
            await workshop.RunAsync(Binaries.Esb, "remove", "team", "--yes", "--no-wait");
            await Assert.That(workshop.Keys()).IsEquivalentTo(Workshop.KeysOf("first")).Because($"round {round}");
        }

        await Assert.That(workshop.Strangers()).IsEmpty();
        Report($"{round} removals and prunes, {killed} killed before their end: 0 damaged files, "
            + "0 keys of others lost, each repaired by the next");
    }

    private static Task<CommandResult> RemoveAsync(Workshop workshop, string name) =>
        workshop.RunAsync(Binaries.Esb, "remove", name, "--yes", "--no-wait", "--lock-timeout", "10m");

    private static Task<CommandResult> PruneAsync(Workshop workshop, string name) =>
        workshop.DeployAsync(workshop.Template($"{name}-new"), "--stack", name, "--prune", "--lock-timeout", "10m");

    private static int Rounds(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("ATTACK_ROUNDS"), CultureInfo.InvariantCulture, out var rounds)
            ? rounds
            : usual;

    private static void Report(string line)
    {
        if (Environment.GetEnvironmentVariable("ATTACK_REPORT") is { Length: > 0 } report)
            File.AppendAllText(report, line + "\n");
    }

    private static async Task<double> MillisecondsOfOneAsync(Workshop workshop)
    {
        await workshop.DeployAsync(workshop.Template("first"));
        var started = Stopwatch.GetTimestamp();
        await workshop.DeployAsync(workshop.Template("first", "again"));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <returns>False if it had ended by itself before that time.</returns>
    private static async Task<bool> KilledAsync(Workshop workshop, TimeSpan after, params string[] command)
    {
        var start = new ProcessStartInfo(Binaries.Esb, command)
        {
            WorkingDirectory = workshop.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in workshop.Environment)
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        // The random moment is the subject of the test; it is not a wait for something.
        using var moment = new CancellationTokenSource(after);
        try
        {
            await process.WaitForExitAsync(moment.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
            return process.ExitCode != 0;
        }
    }
}
