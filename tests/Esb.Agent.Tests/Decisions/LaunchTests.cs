using System.Text;
using Esb.Agent.Launching;
using Esb.Agent.Limits;
using Esb.Agent.Processes;

namespace Esb.Agent.Tests.Decisions;

public sealed class LaunchTests
{
    [Test]
    public async Task A_launch_plan_is_passed_on_with_every_field()
    {
        var plan = new LaunchPlan
        {
            Program = "/usr/bin/python3",
            Arguments = ["", "a b", "ü\n"],
            Folder = "/code",
            Environment = new Dictionary<string, string> { ["A"] = "", ["B"] = "x=y", ["C"] = "line\nline" },
            DataLimit = 1L << 40,
            CgroupProcesses = null,
        };

        var arrived = LaunchPlan.Decode(plan.Encode());

        await Assert.That(arrived.Arguments).IsEquivalentTo(plan.Arguments);
        await Assert.That(arrived.Environment).IsEquivalentTo(plan.Environment);
        await Assert.That(arrived with { Arguments = plan.Arguments, Environment = plan.Environment }).IsEqualTo(plan);
    }

    [Test]
    [Arguments(1, 0, "exit status 0")]
    [Arguments(1, 137, "exit status 137")]
    [Arguments(2, 9, "signal: killed")]
    [Arguments(2, 15, "signal: terminated")]
    [Arguments(3, 6, "signal: aborted (core dumped)")]
    [Arguments(2, 35, "signal: signal 35")]
    public async Task The_status_from_waitid_is_reported_in_AWS_s_words(int code, int status, string words)
    {
        await Assert.That(ExitStatus.From(code, status).ToString()).IsEqualTo(words);
    }

    [Test]
    public async Task A_mark_matches_only_a_complete_variable_with_that_value()
    {
        var environment = Encoding.UTF8.GetBytes("A=1\0OWNER=/run/a.sock\0LAST=x\0");

        await Assert.That(OwnedProcesses.Has(environment, "OWNER", "/run/a.sock")).IsTrue();
        await Assert.That(OwnedProcesses.Has(environment, "A", "1")).IsTrue();
        await Assert.That(OwnedProcesses.Has(environment, "LAST", "x")).IsTrue();
        await Assert.That(OwnedProcesses.Has(environment, "OWNER", "/run/a")).IsFalse();
        await Assert.That(OwnedProcesses.Has(environment, "WNER", "/run/a.sock")).IsFalse();
    }

    [Test]
    public async Task The_kernel_s_count_of_OOM_kills_is_read_from_both_versions_of_cgroups()
    {
        await Assert.That(WorkerCgroup.Kills(["low 0", "oom 3", "oom_kill 2", "oom_group_kill 1"])).IsEqualTo(2);
        await Assert.That(WorkerCgroup.Kills(["oom_kill_disable 0", "under_oom 0", "oom_kill 0"])).IsEqualTo(0);
        await Assert.That(DelegatedCgroup.PathIn(["4:memory:/x", "0::/user.slice/a"])).IsEqualTo("/user.slice/a");
        await Assert.That(DelegatedCgroup.PathIn(["4:memory:/x"])).IsNull();
    }
}
