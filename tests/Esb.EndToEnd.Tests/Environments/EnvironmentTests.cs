using System.Text.Json;
using System.Text.RegularExpressions;

namespace Esb.EndToEnd.Tests.Environments;

/// <summary>Several environments on one machine, in process mode; each is a separate platform.</summary>
[NotInParallel("environments")]
internal sealed partial class EnvironmentTests
{
    [Test]
    public async Task Two_environments_run_side_by_side_and_stopping_one_does_not_affect_the_other()
    {
        await using var home = new Home();
        var (one, two) = (home.Write("one", "hello", "prod"), home.Write("two", "hello", "dev"));
        await home.DoneAsync("here", home.FirstPorts, "up");
        await home.DoneAsync("here", "deploy", "-t", one, "--env", "prod");

        // The platform belongs to prod now: no deploy for another environment is merged into it.
        var refused = await home.EsbAsync("here", "deploy", "-t", two, "--env", "dev");
        await Assert.That(refused.ExitCode).IsEqualTo(1);
        await Assert.That(refused.Error).IsEqualTo("error: this platform is environment 'prod', not 'dev'; "
            + "nothing was changed; esb up --env dev starts one for dev; esb env list shows the existing ones\n");
        await Assert.That(await home.GetAsync($"{home.First}/hello")).IsEqualTo("prod");

        await Assert.That(await home.DoneAsync("here", "up", "--env", "dev")).Contains(
            "environment dev, data in ~/.local/state/esb/dev). Next: esb deploy -t template.yaml --env dev\n");
        var deployed = await home.DoneAsync("elsewhere", "deploy", "-t", two, "--env", "dev");
        var dev = Url().Match(deployed).Value;
        await Assert.That(dev).IsNotEqualTo($"{home.First}/hello");
        await Assert.That(await home.GetAsync(dev)).IsEqualTo("dev");
        await Assert.That(await home.GetAsync($"{home.First}/hello")).IsEqualTo("prod");
        await Assert.That(await home.DoneAsync("elsewhere", "status", "--env", "dev"))
            .StartsWith($"environment dev   {dev[..^"/hello".Length]}\n");
        await Assert.That(await home.DoneAsync("elsewhere", "status", "--env", "prod"))
            .StartsWith($"environment prod   {home.First}\n");
        await Assert.That(await home.DoneAsync("elsewhere", "invoke", "hello", "--env", "dev")).Contains("dev");
        await Assert.That(Listed(await home.DoneAsync("elsewhere", "env", "list", "--json")))
            .IsEqualTo($"default: prod {home.First} up, dev {dev[..^"/hello".Length]} up");

        await home.DoneAsync("elsewhere", "down", "--env", "dev");
        await Assert.That(await home.GetAsync($"{home.First}/hello")).IsEqualTo("prod");
        await home.DoneAsync("another", "up", "--env", "dev");
        await Assert.That(await home.GetAsync(dev)).IsEqualTo("dev");

        // Without --env, the default environment is used.
        await home.DoneAsync("another", "env", "default", "dev");
        await home.DoneAsync("another", "deploy", "-t", home.Write("three", "third", "third"));
        await Assert.That(await home.GetAsync(dev.Replace("hello", "third", StringComparison.Ordinal)))
            .IsEqualTo("third");
        await Assert.That(await home.GetAsync($"{home.First}/third")).IsEqualTo("403");
        await home.DoneAsync("another", "down", "--env", "prod");
        await Assert.That(await home.GetAsync(dev)).IsEqualTo("dev");
    }

    [Test]
    public async Task A_platform_serves_the_same_from_whatever_folder_it_is_started_and_creates_nothing_there()
    {
        await using var home = new Home();
        await home.DoneAsync("here", home.FirstPorts, "up");
        await home.DoneAsync("elsewhere", "deploy", "-t", home.Write("one", "hello", "same"), "-o", home.At("out"));
        await home.DoneAsync("here", "down");
        await home.DoneAsync("another", home.FirstPorts, "up");
        await Assert.That(await home.GetAsync($"{home.First}/hello")).IsEqualTo("same");
        foreach (var folder in new[] { "here", "elsewhere", "another" })
            await Assert.That(Directory.EnumerateFileSystemEntries(home.At(folder))).IsEmpty();
    }

    [Test]
    [Arguments("project", false)]
    [Arguments("elsewhere", false)]
    [Arguments("elsewhere", true)]
    public async Task A_platform_of_an_earlier_version_keeps_its_ports_its_data_and_its_URLs(
        string folder,
        bool isUp)
    {
        await using var home = new Home();
        (string Name, string? Value)[] asBefore = [.. home.FirstPorts, ("CONFIG_DIR", "services/gateway/config")];
        var template = home.Write("project", "hello", "as before");
        await home.DoneAsync("project", asBefore, "up");
        await home.DoneAsync("project", asBefore, "deploy", "-t", template, "--env", "prod");
        if (!isUp)
            await home.DoneAsync("project", asBefore, "down");
        // That version did not write this file.
        File.Delete(home.At(".local/state/esb/default/environment.json"));
        File.Delete(home.At("project/services/gateway/config/.environment"));
        var credentials = await File.ReadAllTextAsync(home.At(".local/state/esb/default/credentials"));

        if (isUp)
        {
            // Only platform.json names a folder that is served and was never deployed to.
            Directory.Delete(home.At(".local/state/esb/default/configurations"), recursive: true);
            await home.DoneAsync("elsewhere", "down");
        }

        await Assert.That(await home.DoneAsync(folder, home.FirstPorts, "up"))
            .Contains("environment prod, data in ~/.local/state/esb/default)");
        await Assert.That(await home.GetAsync($"{home.First}/hello")).IsEqualTo("as before");
        await Assert.That(await File.ReadAllTextAsync(home.At(".local/state/esb/default/credentials")))
            .IsEqualTo(credentials);
        await Assert.That((await home.EsbAsync("elsewhere", "deploy", "-t", template, "--env", "dev")).ExitCode)
            .IsEqualTo(1);
        await home.DoneAsync("elsewhere", "up", "--env", "dev");
        await home.DoneAsync("elsewhere", "deploy", "-t", template, "--env", "prod");
        await Assert.That(await File.ReadAllTextAsync(home.At("project/services/gateway/config/.environment")))
            .IsEqualTo("prod\n");
        await Assert.That(await home.GetAsync($"{home.First}/hello")).IsEqualTo("as before");

        // From now on the environment knows where its configuration is.
        await home.DoneAsync("elsewhere", "down");
        await home.DoneAsync("another", home.FirstPorts, "up");
        await Assert.That(await home.GetAsync($"{home.First}/hello")).IsEqualTo("as before");
    }

    private static string Listed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return string.Join(", ", document.RootElement.EnumerateArray().Select(e =>
            $"{(e.GetProperty("default").GetBoolean() ? "default: " : "")}{e.GetProperty("name").GetString()} "
                + $"{e.GetProperty("address").GetString()} {(e.GetProperty("up").GetBoolean() ? "up" : "down")}"));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/hello")]
    private static partial Regex Url();
}
