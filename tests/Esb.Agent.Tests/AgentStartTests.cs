using Esb.Agent.Tests.Driving;

namespace Esb.Agent.Tests;

public sealed class AgentStartTests
{
    [Test]
    public async Task A_second_agent_on_the_same_socket_ends_with_one_line_and_changes_nothing()
    {
        await using var stage = await Stage.SetAsync();

        var (code, error) = await RunningAgent.RunAsync(stage.Agent.Socket);

        await Assert.That(code).IsEqualTo(1);
        await Assert.That(error).IsEqualTo($"esb-agent: error: {stage.Agent.Socket} is served by another esb-agent; "
            + "stop it or set AGENT_ADDRESS to another path\n");
        var worker = await stage.ShellAsync("exit 0");
        await Assert.That((await stage.Session.ExitAsync(worker.Id)).Reason).IsEqualTo("exit status 0");
    }

    [Test]
    public async Task The_socket_is_open_for_its_owner_only()
    {
        await using var stage = await Stage.SetAsync();

        await Assert.That(File.GetUnixFileMode(stage.Agent.Socket))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task A_file_that_is_not_a_socket_is_kept_and_the_error_names_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Folder("run", "agent.sock", "precious"), "agent.sock");

        var (code, error) = await RunningAgent.RunAsync(file);

        await Assert.That(code).IsEqualTo(1);
        await Assert.That(error).StartsWith($"esb-agent: error: {file} exists and is not a socket");
        await Assert.That(await File.ReadAllTextAsync(file)).IsEqualTo("precious");
    }

    [Test]
    [Arguments("AGENT_BACKEND", "podman", "allowed: process")]
    [Arguments("AGENT_ADDRESS", "http://127.0.0.1:9003", "allowed: the path of a Unix domain socket")]
    [Arguments("AGENT_SOCKET_GROUP", "docker", "allowed: the number of a group")]
    [Arguments("AGENT_CGROUP", "/no/such/cgroup", "allowed: the folder of a cgroup")]
    public async Task A_setting_that_is_not_allowed_ends_the_agent_with_an_error_that_has_its_name_and_value(
        string name,
        string value,
        string allowed)
    {
        using var folder = new TemporaryFolder();

        var (code, error) = await RunningAgent.RunAsync(folder.File("agent.sock"), (name, value));

        await Assert.That(code).IsEqualTo(2);
        await Assert.That(error).StartsWith($"esb-agent: error: {name} is '{value}'; {allowed}");
    }
}
