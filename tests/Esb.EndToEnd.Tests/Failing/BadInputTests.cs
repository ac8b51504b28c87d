using System.Net;
using System.Net.Sockets;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Failing;

/// <summary>
/// The errors for invalid input: one line that says what is wrong, where and what to do, and nothing is changed.
/// </summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class BadInputTests(Platform platform)
{
    [Test]
    [NotInParallel]
    public async Task A_broken_template_is_an_error_with_its_place_and_changes_nothing()
    {
        var template = platform.Write(
            "broken",
            Templates.Function("broken", "/broken").Replace("Handler:", "Handlr:", StringComparison.Ordinal),
            ("src/app.py", Templates.Answer("x")));
        var before = Files();
        var result = await platform.EsbAsync("deploy", "-t", template, "--env", "prod");
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error).Contains("template.yaml:9:7: error:");
        await Assert.That(result.Error).Contains("did you mean 'Handler'?");
        await Assert.That(result.Error).DoesNotContain("   at ");
        await Assert.That(Files()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_missing_handler_file_is_an_error_that_names_it()
    {
        var template = platform.Write(
            "nofile", Templates.Function("nofile", "/nofile"), ("src/other.py", Templates.Answer("x")));
        var result = await platform.EsbAsync("deploy", "-t", template, "--env", "prod");
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error).Contains("app.py");
        await Assert.That(result.Error).Contains("template.yaml:9:");
    }

    [Test]
    public async Task A_port_in_use_is_an_error_that_names_port_and_variable_and_starts_nothing()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("esb-port-").FullName;
        var environment = new Dictionary<string, string?>
        {
            ["ESB_STATE_DIR"] = folder,
            ["CONFIG_DIR"] = folder + "/config",
            ["GATEWAY_PORT"] = $"{port}",
            ["ADMIN_PORT"] = "2",
        };
        var result = await platform.RunAsync(Binaries.Esb, environment, "up", "--project", "elsewhere");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains($"{port}");
        await Assert.That(result.Error).Contains("GATEWAY_PORT");
        var status = await platform.RunAsync(Binaries.Esb, environment, "status", "--project", "elsewhere");
        await Assert.That(status.ExitCode).IsEqualTo(1);
    }

    [Test]
    public async Task A_second_up_says_that_the_platform_is_running_and_changes_nothing()
    {
        var result = await platform.EsbAsync("up");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.ToString()).Contains("already");
        await Assert.That((await platform.EsbAsync("status")).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_deploy_without_a_platform_writes_the_files_and_warns()
    {
        var folder = Directory.CreateTempSubdirectory("esb-off-").FullName;
        var template = platform.Write("off", Templates.Function("off", "/off"), ("src/app.py", Templates.Answer("x")));
        var environment = new Dictionary<string, string?>
        {
            ["ESB_STATE_DIR"] = folder,
            ["CONFIG_DIR"] = folder + "/config",
            ["GATEWAY_PORT"] = "1",
            ["ADMIN_PORT"] = "2",
        };
        var result = await platform.RunAsync(
            Binaries.Esb, environment, "deploy", "-t", template, "--env", "prod", "--project", "elsewhere");
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(result.Error).Contains("warning");
        await Assert.That(File.Exists(folder + "/config/functions.yml")).IsTrue();
    }

    [Test]
    public async Task A_configuration_folder_that_cannot_be_written_is_an_error_before_anything_is_built()
    {
        var template = platform.Write(
            "locked", Templates.Function("locked", "/locked"), ("src/app.py", Templates.Answer("x")));
        var result = await platform.EsbAsync(
            "deploy", "-t", template, "--env", "prod", "--config-dir", "/proc/esb-cannot-write-here");
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains("/proc/esb-cannot-write-here");
        await Assert.That(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length).IsEqualTo(1);
    }

    [Test]
    public async Task An_unknown_option_is_a_usage_error()
    {
        await Assert.That((await platform.EsbAsync("deploy", "--no-such-option")).ExitCode).IsEqualTo(2);
        await Assert.That((await platform.EsbAsync("no-such-command")).ExitCode).IsEqualTo(2);
    }

    private List<(string Name, long Length, DateTime Written)> Files() =>
        [
            .. new DirectoryInfo(platform.ConfigurationFolder).GetFiles("*.yml")
                .Select(f => (f.Name, f.Length, f.LastWriteTimeUtc)),
        ];
}
