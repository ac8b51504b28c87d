using System.Diagnostics;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Systemd;
using Esb.Cli.Tests.Platform;

namespace Esb.Cli.Tests.Systemd;

internal sealed class PartProcessTests
{
    [Test]
    public async Task The_process_that_a_unit_starts_becomes_the_part_and_every_command_finds_it()
    {
        await using var platform = new LocalPlatform();
        using var process = Run(platform, "gateway");
        using var http = LocalHttp.Create();
        var environment = "";
        await Eventually.TrueAsync(
            async () => (environment = await TextAsync(http, platform, "/environment")).Length > 0);
        await Assert.That(platform.State.Find(ComponentKind.Gateway)!.Process.Pid).IsEqualTo(process.Id);
        await Assert.That(environment).Contains($"\"GATEWAY_LISTEN\": \"127.0.0.1:{platform.Settings.Ports.Gateway}\"");
        await Assert.That((await platform.AskAsync("routes")).Output).Contains("/orders/{id}");
        await platform.DownAsync();
        await process.WaitForExitAsync();
        await Assert.That(process.ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_running_part_is_not_started_a_second_time()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var before = platform.State.Components;
        using var process = Run(platform, "gateway");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await Assert.That(process.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(error).IsEqualTo("error: the gateway is already running, "
            + $"as pid {platform.State.Find(ComponentKind.Gateway)!.Process.Pid}; stop that with esb down\n");
        await Assert.That(platform.State.Components).IsEquivalentTo(before);
    }

    [Test]
    public async Task All_parts_that_units_start_at_the_same_moment_are_recorded()
    {
        await using var platform = new LocalPlatform();
        _ = platform.EnvFile;
        using var stores = Run(platform, "stores");
        using var agent = Run(platform, "agent");
        using var gateway = Run(platform, "gateway");
        await Eventually.TrueAsync(() => PlatformState.Read(platform.Settings.State)?.Running().Count == 3);
        await Assert.That(platform.State.Components.Select(part => part.Process.Pid))
            .IsEquivalentTo(new[] { stores.Id, agent.Id, gateway.Id });
        await platform.DownAsync();
        await Task.WhenAll(stores.WaitForExitAsync(), agent.WaitForExitAsync(), gateway.WaitForExitAsync());
    }

    [Test]
    public async Task The_unit_of_the_local_stores_does_nothing_if_the_user_provides_stores()
    {
        await using var platform = new LocalPlatform()
            .With(SettingNames.DatabaseEndpoint, "http://db:8000")
            .With(SettingNames.ObjectStoreEndpoint, "http://s3:9000");
        var check = await platform.AskAsync("run", "stores", "--check");
        await Assert.That(check.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(check.Error).IsEqualTo("error: no local stores: "
            + "AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL_S3 name others\n");
        await Assert.That((await platform.AskAsync("run", "gateway", "--check")).ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(File.Exists(platform.Settings.State.PlatformFile)).IsFalse();
    }

    [Test]
    public async Task Units_read_the_settings_that_the_shell_had_when_they_were_written()
    {
        var shell = new Dictionary<string, string>
        {
            ["HOME"] = "/home/a",
            [SettingNames.Project] = "shop",
            [SettingNames.ConfigDir] = "/srv/config",
            [SettingNames.BinDir] = "/opt/bin",
            [SettingNames.GatewayPort] = "1",
            [SettingNames.RuntimeApiPort] = "2",
            [SettingNames.AdminPort] = "3",
            [SettingNames.StoresPort] = "4",
            [SettingNames.Region] = "eu-west-1",
            [SettingNames.ReloadInterval] = "1s",
            [SettingNames.DatabaseEndpoint] = "http://db:8000",
            [SettingNames.ObjectStoreEndpoint] = "http://s3:9000",
            [SettingNames.AccessKeyId] = "id",
            [SettingNames.SecretAccessKey] = "a'b\"c$d",
        };
        var inFile = new Dictionary<string, string> { ["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:4566" };
        var settings = PlatformSettings.Read(
            new SettingSources(new Dictionary<string, string>(), name => shell.GetValueOrDefault(name), inFile));
        var read = PlatformSettings.Read(new SettingSources(
            new Dictionary<string, string>(), _ => null, DotEnv.Parse(SettingsSnapshot.Text(settings), "systemd.env")));
        // Read from the file, all settings come from a file, and the mode is explicit; nothing else differs.
        await Assert.That(read with
        {
            EnvFile = settings.EnvFile,
            Containers = settings.Containers,
            ModeIsGiven = false,
            GivenPorts = settings.GivenPorts,
            FormerNames = settings.FormerNames,
        }).IsEqualTo(settings);
        await Assert.That(read.EnvFile["AWS_ENDPOINT_URL_SQS"]).IsEqualTo("http://127.0.0.1:4566");
    }

    private static Process Run(LocalPlatform platform, string part) => Process.Start(new ProcessStartInfo(
        "setsid", [Path.Combine(AppContext.BaseDirectory, "esb"), "run", part, "--env-file", platform.EnvFile])
    {
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    private static async Task<string> TextAsync(HttpClient http, LocalPlatform platform, string path)
    {
        try
        {
            return await http.GetStringAsync(new Uri($"http://127.0.0.1:{platform.Settings.Ports.Gateway}{path}"));
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
