using System.Globalization;
using Esb.Agent.Tests.Driving;
using Grpc.Core;

namespace Esb.Agent.Tests.Workers;

public sealed class EndingTests
{
    // Prints its grandchild's process id and waits for it; the grandchild would run for a long time.
    private const string WithGrandchild = "sleep 300 & echo $!; wait";

    [Test]
    [Arguments("exit 3", "exit status 3")]
    [Arguments("exit 137", "exit status 137")]
    [Arguments("kill -KILL $$", "signal: killed")]
    [Arguments("kill -SEGV $$", "signal: segmentation fault")]
    public async Task The_exit_of_a_worker_is_reported_in_AWS_s_words(string code, string reason)
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync(code);

        var exited = await stage.Session.ExitAsync(worker.Id);

        await Assert.That(exited.Reason).IsEqualTo(reason);
        await Assert.That(exited.Requested).IsFalse();
        await Assert.That(exited.OutOfMemory).IsFalse();
    }

    [Test]
    public async Task Stopping_a_worker_kills_its_grandchildren_and_is_reported_as_requested()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync(WithGrandchild);
        var grandchild = await GrandchildAsync(stage, worker);
        await Assert.That(Machine.Lives(grandchild)).IsTrue();

        await stage.Session.StopAsync(worker.Id);

        await Assert.That((await stage.Session.ExitAsync(worker.Id)).Requested).IsTrue();
        await Machine.EndsAsync(grandchild);
        await Assert.That(Machine.Lives(worker.ProcessId)).IsFalse();
    }

    [Test]
    public async Task A_worker_that_ignores_the_request_to_stop_is_killed()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync("trap '' TERM; echo deaf; while true; do sleep 300; done");
        await Eventually.TrueAsync(() => stage.Session.Lines(worker.Id).Length == 1);

        await stage.Session.StopAsync(worker.Id);

        await Assert.That((await stage.Session.ExitAsync(worker.Id)).Reason).IsEqualTo("signal: killed");
    }

    [Test]
    public async Task Processes_that_a_worker_started_in_its_group_or_outside_of_it_end_with_it()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync("sleep 300 & echo $!; setsid sleep 300 & echo $!; sleep 0.2; exit 0");

        var exited = await stage.Session.ExitAsync(worker.Id);

        await Assert.That(exited.Reason).IsEqualTo("exit status 0");
        var left = stage.Session.Lines(worker.Id).Select(line => int.Parse(line.Text, CultureInfo.InvariantCulture))
            .ToArray();
        await Assert.That(left.Length).IsEqualTo(2);
        await Machine.EndsAsync(left[0]);
        await Machine.EndsAsync(left[1]);
    }

    [Test]
    public async Task The_end_of_a_session_stops_its_workers_and_no_others()
    {
        await using var stage = await Stage.SetAsync();
        await using var second = await OpenSession.OpenAsync(stage.Agent);
        var stays = await stage.ShellAsync(WithGrandchild);
        var request = second.Request(
            "provided", stage.Folder.Folder("s", "bootstrap", "#!/bin/sh\nsleep 300", executable: true), "", stage.Api);
        var goes = new Stage.Worker("", "", (await second.StartAsync(request)).Description).ProcessId;

        await second.DisposeAsync();

        await Machine.EndsAsync(goes);
        await Assert.That(Machine.Lives(stays.ProcessId)).IsTrue();
        await Assert.That(await GrandchildAsync(stage, stays)).IsGreaterThan(1);
    }

    [Test]
    public async Task An_agent_that_receives_SIGTERM_stops_its_workers_and_removes_its_socket()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync(WithGrandchild);
        var grandchild = await GrandchildAsync(stage, worker);

        var code = await stage.Agent.TerminateAsync();

        await Assert.That(code).IsEqualTo(0);
        await Assert.That(Machine.Lives(worker.ProcessId)).IsFalse();
        await Machine.EndsAsync(grandchild);
        await Assert.That(File.Exists(stage.Agent.Socket)).IsFalse();
        await Assert.That((await stage.Session.ExitAsync(worker.Id)).Requested).IsTrue();
    }

    [Test]
    public async Task No_worker_survives_the_kill_of_its_agent_and_the_next_agent_removes_what_is_left()
    {
        await using var stage = await Stage.SetAsync();
        var python = await stage.PythonAsync("def handler(e, c): pass");
        var shell = await stage.ShellAsync(WithGrandchild);
        var grandchild = await GrandchildAsync(stage, shell);
        await stage.Api.AskedAsync(python.Address);

        await stage.Agent.KillAsync();

        await Machine.EndsAsync(python.ProcessId);
        await Machine.EndsAsync(shell.ProcessId);
        await Assert.That(File.Exists(stage.Agent.Socket)).IsTrue();
        await using var next = await RunningAgent.StartAsync(stage.Agent.Socket);
        await Machine.EndsAsync(grandchild);
    }

    [Test]
    public async Task Stopping_an_unknown_worker_succeeds_and_a_duplicate_id_is_refused()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.ShellAsync(WithGrandchild);
        var request = stage.Session.Request(
            "provided", stage.Folder.Folder("c", "bootstrap", "#!/bin/sh", executable: true), "", stage.Api);

        await stage.Session.StopAsync("never heard of");
        request.WorkerId = worker.Id;
        await Assert.That((await stage.Session.RefusalAsync(request)).StatusCode).IsEqualTo(StatusCode.AlreadyExists);
        request.SessionId = "closed";
        await Assert.That((await stage.Session.RefusalAsync(request)).StatusCode).IsEqualTo(StatusCode.NotFound);
    }

    private static async Task<int> GrandchildAsync(Stage stage, Stage.Worker worker)
    {
        await Eventually.TrueAsync(() => stage.Session.Lines(worker.Id).Length > 0);
        return int.Parse(stage.Session.Lines(worker.Id)[0].Text, CultureInfo.InvariantCulture);
    }
}
