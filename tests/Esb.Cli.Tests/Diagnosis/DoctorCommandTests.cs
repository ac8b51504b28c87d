using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Tests.Platform;

namespace Esb.Cli.Tests.Diagnosis;

/// <summary>The command with real processes, ports and files.</summary>
internal sealed class DoctorCommandTests
{
    [Test]
    public async Task A_platform_that_is_down_is_checked_without_creating_anything()
    {
        await using var platform = new LocalPlatform();
        var run = await platform.AskAsync("doctor");
        await Assert.That(run.Output).Contains("\nok    platform       not running (esb up starts it); data in ");
        await Assert.That(run.Output).Contains("\nok    configuration  nothing is deployed yet in ");
        var ports = platform.Settings.Ports;
        await Assert.That(run.Output).Contains(
            $"\nok    ports          {ports.Stores}, {ports.Gateway}, {ports.RuntimeApi}, {ports.Admin} free\n");
        await Assert.That(run.Error).IsEqualTo("");
        await Assert.That(Directory.Exists(platform.Settings.State.Path)).IsFalse();
        await Assert.That(Directory.Exists(platform.Settings.ConfigFolder)).IsFalse();
    }

    [Test]
    public async Task A_port_of_another_program_is_a_failure_that_names_it_and_the_exit_code_is_1()
    {
        await using var platform = new LocalPlatform();
        using var other = new TcpListener(IPAddress.Loopback, platform.Settings.Ports.Admin);
        other.Start();
        var run = await platform.AskAsync("doctor");
        await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(run.Output).Contains($"\nfail  ports          {platform.Settings.Ports.Admin}, "
            + $"for the admin port of the gateway, is in use by pid {Environment.ProcessId} (");
        await Assert.That(run.Output).Contains("→ stop that, or set ADMIN_PORT to a free port\n");
    }

    [Test]
    public async Task A_part_that_has_ended_is_found_while_the_others_are_fine()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var up = await platform.AskAsync("doctor");
        await Assert.That(up.Output)
            .Matches(@"\nok    platform       up \d+ s: stores, agent, gateway; data in ");
        await Assert.That(up.Output).Contains($" ours; {platform.Settings.Ports.RuntimeApi} free\n");
        await Assert.That(up.Output).Contains("\nok    sockets        agent answers on ");
        // This finding depends on the limits of the caller of the tests.
        await Assert.That(up.Output).Matches(@"\n(ok  |warn|fail)  open files     .*gateway \d+ of ");
        Signals.KillGroup(platform.State.Find(ComponentKind.Agent)!.Process);
        await Eventually.TrueAsync(() => platform.State.Find(ComponentKind.Agent) is null);
        var run = await platform.AskAsync("doctor");
        await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(run.Output).Contains("\nfail  platform       the agent has ended\n");
    }

    [Test]
    public async Task Problems_with_files_and_modes_are_reported_with_their_place()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var functions = Path.Combine(platform.Settings.ConfigFolder, "functions.yml");
        await File.WriteAllTextAsync(
            functions, "functions:\n  a: { code: /nowhere, runtime: python3.12, timeout: 0 }\n");
        File.SetUnixFileMode(
            platform.Settings.State.CredentialsFile,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        File.SetLastWriteTimeUtc(functions, DateTime.UtcNow.AddHours(1));
        var run = await platform.AskAsync("doctor");
        await Assert.That(run.Output)
            .Contains($"\nfail  configuration  {functions}:2:54: function 'a': 'timeout' is '0'\n");
        await Assert.That(run.Output).Contains($"→ chmod 600 {platform.Settings.State.CredentialsFile}\n");
        await Assert.That(run.Output)
            .Matches($@"\nfail  clock          it says .*, but {functions} was changed \d+ min later");
        await File.WriteAllTextAsync(
            functions, "functions:\n  a: { code: /nowhere, runtime: python3.12, handler: a.b, layers: [/missing] }\n");
        await Assert.That((await platform.AskAsync("doctor")).Output)
            .Contains("\nfail  configuration  the code of these functions is missing: a, a (layer /missing)\n");
    }

    [Test]
    public async Task A_state_folder_of_a_newer_esb_is_reported_by_doctor_and_refused_by_commands_that_would_change_it()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        await File.WriteAllTextAsync(platform.Settings.State.FormatFile, "2\n");
        var doctor = await platform.AskAsync("doctor");
        await Assert.That(doctor.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(doctor.Output).Contains(" has format version 2; this esb reads 1\n");
        var up = await platform.UpAsync();
        await Assert.That(up).IsEqualTo(new LocalPlatform.Run(
            ExitCode.Failure,
            "",
            $"{platform.Settings.State.FormatFile}: error: says that the state folder has format version 2; "
                + "this ESB reads 1; use ESB 2.0 or newer, or another folder (ESB_STATE_DIR)\n"));
        await File.WriteAllTextAsync(platform.Settings.State.FormatFile, "1\n");
        await Assert.That((await platform.UpAsync()).ExitCode).IsEqualTo(ExitCode.Done);
    }

    [Test]
    public async Task The_same_findings_are_one_document_for_scripts()
    {
        await using var platform = new LocalPlatform();
        var run = await platform.AskAsync("doctor", "--json");
        using var document = JsonDocument.Parse(run.Output);
        var findings = document.RootElement.GetProperty("findings").EnumerateArray().ToList();
        await Assert.That(document.RootElement.GetProperty("mode").GetString()).IsEqualTo("process");
        await Assert.That(findings.All(f => f.GetProperty("verdict").GetString() is "ok" or "warn" or "fail")).IsTrue();
        await Assert.That(findings.Select(f => f.GetProperty("check").GetString()!).Distinct()).IsEquivalentTo(
            [
                "builds", "platform", "configuration", "sockets", "ports", "disk", "clock", "permissions", "settings",
                "open files",
            ]);
        await Assert.That(run.ExitCode).IsEqualTo(
            findings.Any(f => f.GetProperty("verdict").GetString() == "fail") ? ExitCode.Failure : ExitCode.Done);
    }

    [Test]
    public async Task In_a_container_mode_the_engine_is_checked()
    {
        await using var platform = new LocalPlatform();
        var run = await platform.AskAsync("doctor", "--mode", "docker");
        await Assert.That(run.Output).Matches(
            @"\n(ok|fail)\s+engine         "
            + @"(Docker Engine \d|the Docker Engine does not answer: |docker is not on the PATH|.*docker)");
        await Assert.That(run.Output).DoesNotContain("interpreters");
    }
}
