using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying.Faults;

/// <summary>One rollback, broken at each system call that changes something in the configuration folder, one after the other.</summary>
[ClassDataSource<FaultProgram>(Shared = SharedType.PerTestSession)]
internal sealed class RollbackFaultTests(FaultProgram fault)
{
    private const string Kill = "kill";
    private const string NoSpace = "28"; // errno(3)

    [Test]
    public async Task A_rollback_killed_at_any_step_leaves_whole_files_and_whole_revisions_and_the_next_one_repairs_the_rest()
    {
        using var workshop = new Workshop();
        var (before, after) = await PrepareAsync(workshop);
        var steps = await StepsAsync(workshop);
        await Assert.That(steps.Count(s => s.Contains(" rename", StringComparison.Ordinal))).IsGreaterThanOrEqualTo(4);
        for (var step = 1; step <= steps.Count; step++)
        {
            var killed = await BreakAsync(workshop, step, Kill);
            await Assert.That(killed.ExitCode).IsEqualTo(128 + 9).Because(steps[step - 1]);
            foreach (var (name, text) in workshop.Files())
                await Assert.That(text == before[name] || text == after[name]).IsTrue().Because($"{steps[step - 1]}: {name} is\n{text}");
            foreach (var (number, files) in workshop.Revisions())
                await Assert.That(files).IsEquivalentTo(number == "2" ? before : after).Because($"{steps[step - 1]}: revision {number}");

            var repair = await RollbackAsync(workshop);
            await Assert.That(repair.ExitCode).IsEqualTo(0).Because($"{steps[step - 1]}: {repair}");
            await Assert.That(workshop.Files()).IsEquivalentTo(after).Because(steps[step - 1]);
            await Assert.That(workshop.Strangers()).IsEmpty().Because(steps[step - 1]);
        }
    }

    [Test]
    public async Task A_disk_that_is_full_once_at_any_step_is_an_error_with_old_files_and_old_history_or_no_error_at_all()
    {
        using var workshop = new Workshop();
        var (before, after) = await PrepareAsync(workshop);
        var steps = await StepsAsync(workshop);
        var refused = 0;
        for (var step = 1; step <= steps.Count; step++)
        {
            var result = await BreakAsync(workshop, step, NoSpace);
            await Assert.That(result.ExitCode is 0 or 1).IsTrue().Because($"{steps[step - 1]}: {result}");
            await Assert.That(workshop.Files()).IsEquivalentTo(result.ExitCode == 0 ? after : before).Because($"{steps[step - 1]}: {result}");
            await Assert.That(workshop.Revisions().Count).IsEqualTo(result.ExitCode == 0 ? 3 : 2).Because($"{steps[step - 1]}: {result}");
            refused += result.ExitCode;
        }

        // What may fail without harm: advisory locks of .NET, and the removal of temporary files.
        await Assert.That(refused).IsGreaterThan(steps.Count(s => !s.Contains(" flock ", StringComparison.Ordinal)) / 3);
    }

    private static async Task<(IReadOnlyDictionary<string, string?> Before, IReadOnlyDictionary<string, string?> After)> PrepareAsync(Workshop workshop)
    {
        await workshop.DeployAsync(workshop.Template("earlier"));
        var after = workshop.Files();
        await workshop.DeployAsync(workshop.Template("later"));
        workshop.Save();
        return (workshop.Files(), after);
    }

    private async Task<IReadOnlyList<string>> StepsAsync(Workshop workshop)
    {
        var result = await BreakAsync(workshop, step: 0, Kill);
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        return await File.ReadAllLinesAsync(Log(workshop));
    }

    private Task<CommandResult> BreakAsync(Workshop workshop, int step, string how)
    {
        workshop.RestoreSaved();
        return workshop.RunAsync(fault.Path, workshop.Folder, step.ToString(CultureInfo.InvariantCulture), how, Log(workshop), Binaries.Esb, "rollback", "1", "--no-wait");
    }

    private static Task<CommandResult> RollbackAsync(Workshop workshop) => workshop.RunAsync(Binaries.Esb, "rollback", "1", "--no-wait");

    private static string Log(Workshop workshop) => Path.Combine(workshop.Root, "fault.log");
}
