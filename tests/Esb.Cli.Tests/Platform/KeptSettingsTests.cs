using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Platform;

/// <summary>Settings of a command that a running platform does not apply.</summary>
internal sealed class KeptSettingsTests
{
    [Test]
    public async Task Up_with_the_settings_of_the_running_platform_says_nothing_about_them()
    {
        await using var platform = new LocalPlatform()
            .With("LAMBDA_API_SIGNATURE", "required").With("LOG_MAX_SIZE", "10m").With(SettingNames.Region, "eu-west-1")
            .With(SettingNames.LambdaEndpoint, "http://127.0.0.1:9/").With(
                "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:4566");
        await platform.UpAsync();
        var second = await platform.UpAsync();
        await Assert.That(second.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(second.Error).DoesNotContain("is not applied");
    }

    [Test]
    [Arguments("WORKERS_MEMORY", "512m", "gateway", "esb upgrade applies it")]
    [Arguments("MAX_CONNECTIONS", "77", "gateway", "esb upgrade applies it")]
    [Arguments("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:4566", "gateway", "esb upgrade applies it")]
    [Arguments("GATEWAY_PORT", "1", "gateway", "esb down, then esb up, applies it")]
    [Arguments("STORES_PORT", "2", "stores process", "esb down, then esb up, applies it")]
    [Arguments("PYTHON_PACKAGES", "machine", "agent", "esb down, then esb up, applies it")]
    public async Task Up_names_each_setting_that_a_running_part_does_not_have(
        string name, string value, string part, string help)
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var second = await platform.With(name, value).UpAsync();
        await Assert.That(second.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(second.Error).Contains(
            $"warning: {name} is not applied: the {part} is running with another value, or without one; {help}\n");
        await Assert.That(second.Error).DoesNotContain($"'{value}'");
    }

    [Test]
    [Arguments("LAMBDA_API_SIGNATURE", "required")]
    [Arguments("TLS_CERT_FILE", "/etc/hostname")]
    public async Task Up_fails_when_a_setting_that_protects_a_port_is_not_applied(string name, string value)
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var second = await platform.With(name, value).UpAsync();
        await Assert.That(second.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(second.Error)
            .Contains($"error: {name} is not applied: the gateway is running with another value, ");
        await Assert.That(second.Output).DoesNotContain("Up (");
    }

    [Test]
    public async Task A_log_of_requests_that_cannot_be_written_is_an_error_before_anything_is_started()
    {
        await using var platform = new LocalPlatform().With("ACCESS_LOG", "/nonexistent/x");
        var up = await platform.UpAsync();
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Usage);
        await Assert.That(up.Error).Contains("ACCESS_LOG is '/nonexistent/x'; allowed: a file that can be written, ");
        await Assert.That(File.Exists(platform.Settings.State.PlatformFile)).IsFalse();
        await Assert.That((await platform.AskAsync("doctor")).Output).Contains("ACCESS_LOG is '/nonexistent/x'");
        await Assert.That((await platform.With("ACCESS_LOG", "/").UpAsync()).ExitCode).IsEqualTo(ExitCode.Usage);
        await Assert.That((await platform.With("ACCESS_LOG", "-").UpAsync()).ExitCode).IsEqualTo(ExitCode.Done);
    }

    [Test]
    [Arguments("AGENT_BACKEND", "docker", "use a container mode: docs/containers.md")]
    [Arguments("HANDOVER_SOCKET", "/tmp/x", "set ESB_STATE_DIR")]
    [Arguments("GATEWAY_ADDRESS", "0.0.0.0", "use a container mode, or a reverse proxy, to let in other machines")]
    [Arguments("GATEWAY_ADDRESS", "127.0.0.1", null)]
    public async Task A_setting_that_up_sets_by_itself_is_reported_unless_it_is_the_same(
        string name, string value, string? help)
    {
        await using var platform = new LocalPlatform().With(name, value);
        var up = await platform.UpAsync();
        await Assert.That(up.ExitCode).IsEqualTo(ExitCode.Done);
        await Assert.That(up.Error.Contains(
            $"warning: {name}: '{value}' is not used, since esb up sets it itself; {help}", StringComparison.Ordinal))
            .IsEqualTo(help is not null);
    }

    [Test]
    [Arguments("{", false)]
    [Arguments("null", false)]
    [Arguments("", false)]
    [Arguments("", true)]
    public async Task An_environment_whose_record_cannot_be_read_is_not_treated_as_new(string content, bool isFolder)
    {
        await using var platform = new LocalPlatform();
        platform.Settings.State.Create();
        var file = platform.Settings.State.EnvironmentFile;
        if (isFolder)
            Directory.CreateDirectory(file);
        else
            await File.WriteAllTextAsync(file, content);
        foreach (var command in new[] { "up", "down", "status" })
        {
            var run = await LocalPlatform.RunAsync(command, "--env-file", platform.EnvFile);
            await Assert.That(run.ExitCode).IsEqualTo(ExitCode.Failure).Because(command);
            await Assert.That(run.Error).Matches(
                "^error: the configuration folder and the ports of .* are unknown: .*; nothing was changed; put back "
                    + $"{file}, or remove it and name the folder with --config-dir\n$");
        }

        if (isFolder)
            Directory.Delete(file);
        else
            File.Delete(file);
    }
}
