using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Host.Logs;

namespace Esb.Cli.Tests.Processes;

internal sealed class ProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esb-process-").FullName;

    [Test]
    public async Task A_process_is_identified_by_pid_start_time_and_boot()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;
        await Assert.That(self.IsRunning()).IsTrue();
        await Assert.That((self with { StartTicks = self.StartTicks + 1 }).IsRunning()).IsFalse();
        await Assert.That((self with { BootId = "another" }).IsRunning()).IsFalse();
        await Assert.That((self with { Pid = int.MaxValue }).IsRunning()).IsFalse();
        await Assert.That(ProcessIdentity.Of(int.MaxValue)).IsNull();
    }

    [Test]
    public async Task A_program_name_with_spaces_and_parentheses_does_not_shift_the_fields()
    {
        const string Stat = "4711 (a) b (c d) S 1 4711 99 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1 2 3";
        await Assert.That(ProcessIdentity.Number(Stat, 6)).IsEqualTo(99);
        await Assert.That(ProcessIdentity.Number(Stat, 22)).IsEqualTo(987654);
        await Assert.That(ProcessIdentity.Number("4711 (cut", 22)).IsNull();
    }

    [Test]
    public async Task Listening_sockets_are_found_by_port_and_by_nothing_else()
    {
        string[] lines =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 "
                + "0000000000000000 100 0 0 10 0",
            "   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 222 1 "
                + "0000000000000000 20 4 30 10 -1",
            "   2: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 "
                + "00:00000000 00000000 0 0 333 1 0",
            "   3: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 444 1 "
                + "0000000000000000 100 0 0 10 0",
        ];
        await Assert.That(PortOwner.SocketsIn(lines, 8080)).IsEquivalentTo(new[] { "111", "333" });
    }

    [Test]
    public async Task A_daemon_gets_its_arguments_and_log_exactly_as_given_and_its_own_session()
    {
        var log = Path.Combine(_folder, "lo g'$(x)\".log");
        await File.WriteAllTextAsync(log, "before\n");
        using var daemon = Daemon.Start(new DaemonSpec(
            "/bin/sh",
            [
                "-c", "printf '%s|' \"$@\" \"$COLOUR\"; readlink /proc/$$/fd/0; exec sleep 60", "sh", "a b", "$HOME",
                "'\"", "",
            ],
            new Dictionary<string, string?> { ["COLOUR"] = "blue;red" },
            log));
        // Waits for complete lines.
        await Eventually.TrueAsync(() => File.ReadAllText(log).Count(c => c == '\n') == 2);
        await Assert.That(LogLines.Last(log, daemon.LogStart, 5))
            .IsEquivalentTo(new[] { "a b|$HOME|'\"||blue;red|/dev/null" });
        await Assert.That(LogLines.Last(log, 0, 5)[0]).IsEqualTo("before");
        await Assert.That(ProcessIdentity.SessionOf(daemon.Identity.Pid)).IsEqualTo(daemon.Identity.Pid);
        Signals.KillGroup(daemon.Identity);
        await Eventually.TrueAsync(() => daemon.HasExited);
    }

    [Test]
    public async Task A_process_that_ignores_the_request_to_end_is_killed_with_its_session()
    {
        var log = Path.Combine(_folder, "deaf.log");
        const string Script = "trap '' TERM; set -m; sleep 600 & echo $!; set +m; while :; do sleep 1; done";
        using var daemon = Daemon.Start(
            new DaemonSpec("/bin/sh", ["-c", Script], new Dictionary<string, string?>(), log));
        // A shell without a terminal complains about job control first.
        var pid = 0;
        await Eventually.TrueAsync(() => LogLines.Last(log, 0, 5).Any(line => int.TryParse(line, out pid)));
        var worker = ProcessIdentity.Of(pid)!;
        var component = new RunningComponent(ComponentKind.Agent, daemon.Identity, "", log);
        var outcome = await ComponentStop.RunAsync(
            component, TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        await Assert.That(outcome).IsEqualTo(StopOutcome.Killed);
        await Eventually.TrueAsync(() => !worker.IsRunning() && !daemon.Identity.IsRunning());
        await Assert.That(await ComponentStop.RunAsync(
            component, TimeSpan.Zero, TimeProvider.System, CancellationToken.None)).IsEqualTo(StopOutcome.NotRunning);
    }

    [Test]
    public async Task A_full_log_is_rotated_when_its_process_starts()
    {
        var log = Path.Combine(_folder, "full.log");
        await File.WriteAllTextAsync(log, new string('x', 5000) + "\n");
        using var daemon = Daemon.Start(new DaemonSpec("/bin/echo", ["new"], new Dictionary<string, string?>(), log)
        {
            LogBounds = new LogBounds(4096, 2),
        });
        await Eventually.TrueAsync(() => daemon.HasExited);
        await Assert.That(LogLines.Last(log, daemon.LogStart, 5)).IsEquivalentTo(["new"]);
        await Assert.That(new FileInfo(log + ".1").Length).IsEqualTo(5001);

        // The log was rotated again after the start position of the process was recorded.
        await Assert.That(LogLines.Last(log, 99_999, 5)).IsEquivalentTo(["new"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
