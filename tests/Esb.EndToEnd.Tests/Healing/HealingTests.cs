using System.Globalization;
using System.Net;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Healing;

/// <summary>Each test has its own platform, parts of which are killed.</summary>
internal sealed class HealingTests
{
    [Test]
    public async Task After_the_agent_is_killed_and_restarted_functions_answer_and_no_old_worker_is_left()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "heal",
            Templates.Function("heal", "/heal"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': str(os.getpid())}"))));
        var before = int.Parse(await platform.Client.GetStringAsync("/heal"), CultureInfo.InvariantCulture);
        await PlatformProcesses.KillAsync(platform, "esb-agent");
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{before}"));
        await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);
        await Assert.That(await platform.Client.GetStringAsync("/heal")).IsNotEqualTo($"{before}");
    }

    [Test]
    public async Task A_request_while_the_agent_is_down_is_answered_when_it_is_back_or_refused_when_it_times_out()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "away",
            Templates.Function("away", "/away"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': str(os.getpid())}"))));
        var functions = Path.Combine(platform.ConfigurationFolder, "functions.yml");
        var written = await File.ReadAllTextAsync(functions);
        using var admin = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{platform.AdminPort}") };
        async Task PatienceAsync(int seconds)
        {
            await File.WriteAllTextAsync(
                functions, $"defaults: {{ scaling: {{ acquire_timeout: {seconds} }} }}\n{written}");
            await admin.PostAsync("/reload", null);
        }

        await PatienceAsync(1);
        var before = await platform.Client.GetStringAsync("/away");
        await PlatformProcesses.KillAsync(platform, "esb-agent");
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{before}"));
        await Eventually.TrueAsync(
            async () => (await platform.Client.GetAsync("/away")).StatusCode == HttpStatusCode.ServiceUnavailable);
        var invoked = await platform.EsbAsync("invoke", "away", "--event", "{}");
        await Assert.That(invoked.Error)
            .Contains("the agent cannot be reached; no worker of 'away' could be started within 1 s");

        await PatienceAsync(300);
        var waiting = Enumerable.Range(0, 3).Select(_ => platform.Client.GetStringAsync("/away")).ToList();
        await Eventually.TrueAsync(async () => (await admin.GetStringAsync("/status"))
            .Contains("\"queue\":3", StringComparison.Ordinal));
        await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);
        foreach (var answer in waiting)
            await Assert.That(await answer).IsNotEqualTo(before);
    }

    [Test]
    public async Task After_the_gateway_is_killed_and_restarted_it_serves_what_was_deployed()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "heal",
            Templates.Function("heal", "/heal"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': str(os.getpid())}"))));
        var before = int.Parse(await platform.Client.GetStringAsync("/heal"), CultureInfo.InvariantCulture);
        await PlatformProcesses.KillAsync(platform, "esb-gateway");
        await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);
        await Assert.That(await platform.Client.GetStringAsync("/heal")).IsNotEqualTo($"{before}");
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{before}"));
    }

    [Test]
    public async Task A_gateway_that_is_restarted_from_another_folder_serves_what_it_served()
    {
        // Without CONFIG_DIR, the folder is below the current one.
        await using var platform = new Platform(("CONFIG_DIR", ""));
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "heal",
            Templates.Function("heal", "/heal"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': 'same'}"))));
        await Assert.That(await platform.Client.GetStringAsync("/heal")).IsEqualTo("same");
        await PlatformProcesses.KillAsync(platform, "esb-gateway");
        var elsewhere = Directory.CreateTempSubdirectory("esb-elsewhere-").FullName;
        var up = await platform.RunAsync(
            "/bin/sh", new Dictionary<string, string?>(), "-c", $"cd {elsewhere} && exec {Binaries.Esb} up");
        await Assert.That(up.ExitCode).IsEqualTo(0).Because(up.ToString());
        await Assert.That(await platform.Client.GetStringAsync("/heal")).IsEqualTo("same");
        await Assert.That(Directory.EnumerateFileSystemEntries(elsewhere)).IsEmpty();
        Directory.Delete(elsewhere);
    }

    [Test]
    public async Task After_down_no_process_of_the_platform_is_left()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        await platform.DeployAsync(platform.Write(
            "gone",
            Templates.Function("gone", "/gone"),
            ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': str(os.getpid())}"))));
        var worker = await platform.Client.GetStringAsync("/gone");
        var processes = PlatformProcesses.Of(platform);
        await Assert.That(processes.Count).IsGreaterThanOrEqualTo(4);
        await Assert.That((await platform.EsbAsync("down")).ExitCode).IsEqualTo(0);
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{worker}"));
        await Assert.That(PlatformProcesses.Of(platform)).IsEmpty();
    }
}
