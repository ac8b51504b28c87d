using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying.Faults;

/// <summary>
/// One deploy, interrupted at each system call in turn that changes something in the configuration folder.
/// </summary>
[ClassDataSource<FaultProgram>(Shared = SharedType.PerTestSession)]
internal sealed class FaultTests(FaultProgram fault)
{
    private const string Kill = "kill";

    // errno(3)
    private const string NoSpace = "28";
    private const string InputOutput = "5";
    private const string ReadOnly = "30";
    private const string NoLocks = "37";

    [Test]
    public async Task A_deploy_killed_at_any_write_leaves_complete_files_and_the_next_one_repairs_the_rest()
    {
        using var workshop = new Workshop();
        var (before, after, template) = await PrepareAsync(workshop);
        var steps = await StepsAsync(workshop, before, template);
        await Assert.That(steps.Count(s => s.Contains(" rename", StringComparison.Ordinal))).IsGreaterThanOrEqualTo(3);
        await Assert.That(steps.Count(s => s.Contains(" fsync", StringComparison.Ordinal))).IsGreaterThanOrEqualTo(6);
        for (var step = 1; step <= steps.Count; step++)
        {
            var killed = await BreakAsync(workshop, before, template, step, Kill);
            await Assert.That(killed.ExitCode).IsEqualTo(128 + 9).Because(steps[step - 1]);
            foreach (var (name, text) in workshop.Files())
                await Assert.That(text == before[name] || text == after[name]).IsTrue()
                    .Because($"{steps[step - 1]}: {name} is\n{text}");

            foreach (var (number, files) in workshop.Revisions())
                await Assert.That(files).IsEquivalentTo(number == "1" ? before : after)
                    .Because($"{steps[step - 1]}: revision {number}");
            await Assert.That((await workshop.DeployAsync(template)).ExitCode).IsEqualTo(0);
            await Assert.That(workshop.Files()).IsEquivalentTo(after).Because(steps[step - 1]);
            await Assert.That(workshop.Strangers()).IsEmpty().Because(steps[step - 1]);
        }
    }

    [Test]
    [Arguments(NoSpace)]
    [Arguments(InputOutput)]
    [Arguments(ReadOnly)]
    public async Task A_disk_that_fails_once_at_any_step_is_an_error_with_complete_old_files_or_no_error_at_all(
        string error)
    {
        using var workshop = new Workshop();
        var (before, after, template) = await PrepareAsync(workshop);
        var steps = await StepsAsync(workshop, before, template);
        var refused = 0;
        for (var step = 1; step <= steps.Count; step++)
        {
            var result = await BreakAsync(workshop, before, template, step, error);
            await Assert.That(result.ExitCode is 0 or 1).IsTrue().Because($"{steps[step - 1]}: {result}");
            await Assert.That(workshop.Files()).IsEquivalentTo(result.ExitCode == 0 ? after : before)
                .Because($"{steps[step - 1]}: {result}");
            refused += result.ExitCode;
            if (result.ExitCode == 1)
                await Assert.That(result.Error).StartsWith("error: ").And.Contains("nothing was changed");
        }

        // These may fail without harm: advisory locks of .NET, and the removal of temporary files.
        await Assert.That(refused).IsGreaterThan(steps.Count / 3);
    }

    [Test]
    public async Task A_file_system_without_locks_is_an_error_that_says_so_and_changes_nothing()
    {
        using var workshop = new Workshop();
        var (before, _, template) = await PrepareAsync(workshop);
        var steps = await StepsAsync(workshop, before, template);
        var step = steps.ToList().FindIndex(s => s.Contains(" flock ", StringComparison.Ordinal)
            && s.EndsWith(".deploy.lock", StringComparison.Ordinal))
            + 1;
        var result = await BreakAsync(workshop, before, template, step, NoLocks);
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains("cannot be locked: No locks available")
            .And.Contains("file system with locks");
        await Assert.That(workshop.Files()).IsEquivalentTo(before);
    }

    private static async Task<Prepared> PrepareAsync(Workshop workshop)
    {
        await workshop.DeployAsync(workshop.Template("earlier"));
        var before = workshop.Files();
        var template = workshop.Template("later");
        await Assert.That((await workshop.DeployAsync(template)).ExitCode).IsEqualTo(0);
        return new Prepared(before, workshop.Files(), template);
    }

    private async Task<IReadOnlyList<string>> StepsAsync(
        Workshop workshop,
        IReadOnlyDictionary<string, string?> before,
        string template)
    {
        var result = await BreakAsync(workshop, before, template, step: 0, Kill);
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        return await File.ReadAllLinesAsync(Log(workshop));
    }

    private Task<CommandResult> BreakAsync(
        Workshop workshop,
        IReadOnlyDictionary<string, string?> before,
        string template,
        int step,
        string how)
    {
        workshop.Restore(before);
        var at = step.ToString(CultureInfo.InvariantCulture);
        return workshop.RunAsync(
            fault.Path, workshop.Folder, at, how, Log(workshop), Binaries.Esb, "deploy", "-t", template, "--no-wait");
    }

    private static string Log(Workshop workshop) => Path.Combine(workshop.Root, "fault.log");

    // The files before and after the deploy of the template.
    private sealed record Prepared(
        IReadOnlyDictionary<string, string?> Before, IReadOnlyDictionary<string, string?> After, string Template);
}
