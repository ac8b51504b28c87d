using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Esb.Cli.Commands;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Cli.Staging;

namespace Esb.Cli.Tests.Platform;

internal sealed class UpAndDownTests
{
    [Test]
    public async Task Up_starts_every_part_and_down_leaves_no_process_behind()
    {
        await using var platform = new LocalPlatform();
        var up = await platform.UpAsync();
        await Assert.That(up.Error).IsEqualTo("");
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(up.Output.Split('\n')[^2])
            .Matches(@"^Up in \d+\.\d s \(process mode, data in .*\)\. Next: esb deploy -t template\.yaml$");
        var parts = platform.State.Components;
        await Assert.That(parts.Select(part => part.Kind).Order())
            .IsEquivalentTo(new[] { ComponentKind.Stores, ComponentKind.Agent, ComponentKind.Gateway });
        await Assert.That(parts.All(part => ProcessIdentity.SessionOf(part.Process.Pid) == part.Process.Pid)).IsTrue();

        var down = await platform.DownAsync();
        await Assert.That(down.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(down.Output.Split('\n')[0]).Matches(@"^gateway .* stopped  \d+\.\d s$");
        await Assert.That(parts.Any(part => part.Process.IsRunning())).IsFalse();
        await Assert.That((await platform.DownAsync()).Output)
            .IsEqualTo("Nothing to stop: no platform of environment 'default' is running.\n");
    }

    [Test]
    public async Task The_gateway_gets_every_setting_of_its_contract()
    {
        await using var platform = new LocalPlatform().With("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:4566");
        await Assert.That((await platform.UpAsync()).ExitCode).IsEqualTo(ExitCode.Done);
        using var http = LocalHttp.Create();
        using var told = JsonDocument.Parse(
            await http.GetStringAsync(new Uri(platform.State.Addresses.Gateway, "/environment")));
        string? Told(string name) => told.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        var ports = platform.Settings.Ports;
        await Assert.That(Told("GATEWAY_LISTEN")).IsEqualTo($"127.0.0.1:{ports.Gateway}");
        await Assert.That(Told("RUNTIME_API_LISTEN")).IsEqualTo($":{ports.RuntimeApi}");
        await Assert.That(Told("ADMIN_LISTEN")).IsEqualTo($"127.0.0.1:{ports.Admin}");
        await Assert.That(Told("RUNTIME_CONFIG_DIR")).IsEqualTo(platform.Settings.ConfigFolder);
        await Assert.That(Told("CONFIG_RELOAD_INTERVAL")).IsEqualTo("250ms");
        await Assert.That(Told("AWS_ENDPOINT_URL_LAMBDA")).IsEqualTo($"http://127.0.0.1:{ports.Gateway}");
        await Assert.That(Told("AWS_ENDPOINT_URL_S3")).IsEqualTo($"http://127.0.0.1:{ports.Stores}");
        await Assert.That(Told("AWS_ENDPOINT_URL_DYNAMODB")).IsEqualTo($"http://127.0.0.1:{ports.Stores}");
        await Assert.That(Told("AWS_ENDPOINT_URL_SQS")).IsEqualTo("http://127.0.0.1:4566");
        await Assert.That(Told("AWS_ACCESS_KEY_ID")).IsEqualTo("esb");
        await Assert.That(Told("AWS_SECRET_ACCESS_KEY"))
            .IsEqualTo(Credentials.Kept(platform.Settings.State)!.SecretAccessKey);
        await Assert.That(Directory.Exists(platform.Settings.ConfigFolder)).IsTrue();
    }

    [Test]
    public async Task A_second_up_reports_what_runs_and_starts_only_the_rest()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var before = platform.State;
        var second = await platform.UpAsync();
        await Assert.That(second.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(second.Error).StartsWith("warning: already up: ");
        await Assert.That(platform.State.Components).IsEquivalentTo(before.Components);

        Signals.KillGroup(before.Find(ComponentKind.Agent)!.Process);
        await Eventually.TrueAsync(() => before.Find(ComponentKind.Agent) is null);
        var third = await platform.UpAsync();
        await Assert.That(third.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(third.Output).StartsWith("agent ");
        await Assert.That(platform.State.Find(ComponentKind.Gateway)).IsEqualTo(before.Find(ComponentKind.Gateway));
        await Assert.That(platform.State.Find(ComponentKind.Agent)!.Process)
            .IsNotEqualTo(before.Components.First(c => c.Kind == ComponentKind.Agent).Process);
    }

    [Test]
    public async Task Two_concurrent_ups_start_every_part_once()
    {
        await using var platform = new LocalPlatform();
        _ = platform.EnvFile;
        var runs = await Task.WhenAll(Task.Run(platform.UpAsync), Task.Run(platform.UpAsync));
        await Assert.That(runs.Select(run => run.ExitCode)).IsEquivalentTo(new[] { ExitCode.Done, ExitCode.Done });
        await Assert.That(runs.Count(run => run.Error.Contains("already up", StringComparison.Ordinal))).IsEqualTo(1);
        await Assert.That(platform.State.Components.Count).IsEqualTo(3);
    }

    [Test]
    public async Task A_port_in_use_is_named_with_its_owner_and_nothing_is_started()
    {
        await using var platform = new LocalPlatform();
        using var other = new TcpListener(IPAddress.Loopback, platform.Settings.Ports.Admin);
        other.Start();
        var up = await platform.UpAsync();
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(up.Error).Matches(
            $@"^error: port {platform.Settings.Ports.Admin}, for the admin port of the gateway, is in use by pid "
            + $@"{Environment.ProcessId} \(.+\); stop that, or set ADMIN_PORT to a free port\n$");
        await Assert.That(up.Output).IsEqualTo("");
        await Assert.That(File.Exists(platform.Settings.State.PlatformFile)).IsFalse();
    }

    [Test]
    public async Task If_a_part_ends_while_starting_its_log_is_shown_and_the_others_are_stopped()
    {
        await using var platform = new LocalPlatform().With("PART_FAULT", "esb-gateway:exit");
        var up = await platform.UpAsync();
        var log = Path.Combine(platform.Settings.State.Logs, "gateway.log");
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(up.Error).IsEqualTo(
            $"error: the gateway ended with exit code 3 before it was ready; its log is {log}\n  esb-gateway: "
                + "cannot read the stars\n");
        await Assert.That(File.Exists(platform.Settings.State.PlatformFile)).IsFalse();
        using var http = LocalHttp.Create();
        await Assert.That(async () => await http.GetAsync(new Uri(
            $"http://127.0.0.1:{platform.Settings.Ports.Stores}/-/health"))).Throws<HttpRequestException>();
    }

    [Test]
    public async Task A_gateway_that_does_not_serve_the_newest_files_stays_up_and_is_an_error()
    {
        await using var platform = new LocalPlatform().With("PART_FAULT", "esb-gateway:misconfigured");
        var up = await platform.UpAsync();
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(up.Error).IsEqualTo(
            "error: the gateway is running, but does not serve the newest files: functions.yml:1:12: no YAML; "
                + "correct the file, which is read again at once, or deploy again\n");
        await Assert.That(up.Output).DoesNotContain("Up in");
        await Assert.That(platform.State.Find(ComponentKind.Gateway)).IsNotNull();
    }

    [Test]
    public async Task Code_that_was_changed_after_it_was_staged_is_reported()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        var code = Directory.CreateDirectory(Path.Combine(
            platform.Settings.State.Code, "default/orders/0123456789abcdef")).FullName;
        await File.WriteAllTextAsync(Path.Combine(code, "app.py"), "");
        StagedContent.Record(code);
        Directory.CreateDirectory(platform.Settings.ConfigFolder);
        await File.WriteAllTextAsync(
            Path.Combine(platform.Settings.ConfigFolder, "functions.yml"),
            $"functions:\n  orders: {{ code: {code}, handler: app.handler, runtime: python3.12 }}\n");
        await Assert.That((await platform.UpAsync()).Error).DoesNotContain("orders");
        await File.WriteAllTextAsync(Path.Combine(code, "app.py"), "other");
        await Assert.That((await platform.UpAsync()).Error)
            .Contains("warning: the staged code of these functions was changed: orders; deploy their template again");
        await Assert.That((await platform.AskAsync("doctor")).Output)
            .Contains("warn  configuration  the staged code of these functions was changed: orders");
    }

    [Test]
    public async Task A_setting_that_up_sets_by_itself_is_reported_if_it_is_given()
    {
        await using var platform = new LocalPlatform().With("ASYNC_DIR", "/elsewhere")
            .With("ADMIN_LISTEN", "127.0.0.1:1");
        var up = await platform.UpAsync();
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(up.Error).IsEqualTo(
            "warning: ASYNC_DIR: '/elsewhere' is not used, since esb up sets it itself; set ESB_STATE_DIR\n"
            + "warning: ADMIN_LISTEN: '127.0.0.1:1' is not used, since esb up sets it itself; set ADMIN_PORT\n");
    }

    [Test]
    public async Task A_missing_binary_is_reported_before_anything_is_started()
    {
        await using var platform = new LocalPlatform();
        File.Delete(Path.Combine(platform.Binaries, "esb-agent"));
        var up = await platform.UpAsync();
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(up.Error).IsEqualTo(
            $"error: esb-agent is not in {platform.Binaries}; keep the binaries of ESB in one folder, "
                + "or set ESB_BIN_DIR to the folder that has it\n");
        await Assert.That(up.Output).IsEqualTo("");
    }

    [Test]
    public async Task An_interrupted_up_stops_what_it_had_started()
    {
        await using var platform = new LocalPlatform().With("PART_FAULT", "esb-gateway:unready");
        using var interrupt = new CancellationTokenSource();
        var (output, error) = (new StringWriter(), new StringWriter());
        var up = CommandLine.RunAsync(
            ["up", "--env-file", platform.EnvFile],
            new(output, error, Esb.Cli.Terminal.ScreenTraits.Plain),
            interrupt.Token);
        await Eventually.TrueAsync(
            () => PlatformState.Read(platform.Settings.State)?.Find(ComponentKind.Gateway) is not null);
        var parts = platform.State.Components;
        await interrupt.CancelAsync();
        await Assert.That(await up).IsEqualTo(ExitCode.Interrupted);
        await Assert.That(error.ToString()).IsEqualTo("Interrupted: what was started has been stopped again.\n");
        await Assert.That(parts.Any(part => part.Process.IsRunning())).IsFalse();
        await Assert.That(File.Exists(platform.Settings.State.PlatformFile)).IsFalse();
    }

    [Test]
    [Arguments(null)]
    [Arguments("{}")]
    [Arguments("")]
    [Arguments("{\"components\":null}")]
    public async Task Down_finds_the_parts_whose_record_is_lost(string? record)
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var parts = platform.State.Components;
        File.Delete(platform.Settings.State.PlatformFile);
        if (record is not null)
            await File.WriteAllTextAsync(platform.Settings.State.PlatformFile, record);
        var down = await platform.DownAsync();
        await Assert.That(down.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(down.Output).Matches(@"^gateway .* stopped ");
        await Assert.That(parts.Any(part => part.Process.IsRunning())).IsFalse();
    }

    [Test]
    public async Task Down_for_an_environment_that_does_not_exist_stops_no_other()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var down = await platform.AskAsync("down", "--env", "typo");
        await Assert.That(down.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(down.Error).Contains("there is no environment 'typo'");
        await Assert.That(platform.State.Running().Count).IsEqualTo(3);
        var routes = await platform.AskAsync("routes", "--stack", "typo");
        await Assert.That(routes.Error).Contains("there is no application 'typo'");
        foreach (var command in new[] { "list", "history", "prune" })
        {
            var run = await platform.AskAsync(command, "--config-dir", "/nowhere/config");
            await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Usage).Because(command);
            await Assert.That(run.Error)
                .Contains("--config-dir is '/nowhere/config'; allowed: an existing folder");
        }
    }

    [Test]
    public async Task Down_does_not_touch_a_pid_that_another_process_has_now()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var state = platform.State;
        var agent = state.Find(ComponentKind.Agent)!;
        var reused = agent with { Process = agent.Process with { StartTicks = agent.Process.StartTicks - 1 } };
        (state with { Components = [.. state.Components.Where(part => part != agent), reused] })
            .Write(platform.Settings.State);
        await platform.DownAsync();
        await Assert.That(agent.Process.IsRunning()).IsTrue();
        Signals.KillGroup(agent.Process);
    }

    [Test]
    public async Task The_secret_is_created_once_and_only_its_owner_may_read_it()
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        var first = Credentials.ForStart(platform.Settings);
        await Assert.That(Credentials.ForStart(platform.Settings)).IsEqualTo(first);
        await Assert.That(first.SecretAccessKey.Length).IsEqualTo(40);
        await Assert.That($"{first}").DoesNotContain(first.SecretAccessKey);
        var file = platform.Settings.State.CredentialsFile;
        await Assert.That(File.GetUnixFileMode(file)).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var own = Credentials.ForStart(platform.With(SettingNames.SecretAccessKey, "a'b\"c").Settings);
        await Assert.That(Credentials.Kept(platform.Settings.State)).IsEqualTo(own with { SecretAccessKey = "a'b\"c" });
    }
}
