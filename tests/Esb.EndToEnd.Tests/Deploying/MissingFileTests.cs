using System.Net;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying;

/// <summary>
/// Deploys while files are missing and a gateway still serves what it has read, or what is baked in. Each test has its
/// own platform.
/// </summary>
internal sealed class MissingFileTests
{
    [Test]
    public async Task The_next_deploy_is_merged_into_what_the_gateway_serves_from_files_that_vanished()
    {
        await using var platform = await StartAsync();
        // Written by hand, so that no revision has it.
        await WriteByHandAsync(platform.ConfigurationFolder, "hand");
        await Eventually.TrueAsync(() => AnswersAsync(platform, "hand"));
        File.Delete(Path.Combine(platform.ConfigurationFolder, "functions.yml"));
        await File.WriteAllTextAsync(Path.Combine(platform.ConfigurationFolder, "routing.yml"), "");

        var deploy = await platform.DeployAsync(platform.Write(
            "later", Templates.Function("later", "/later"), ("src/app.py", Templates.Answer("later"))));
        await Assert.That(deploy.Output)
            .Contains("functions.yml, routing.yml, missing or empty in the folder: from what the gateway serves");
        await Assert.That(await platform.Client.GetStringAsync("/later")).IsEqualTo("later");
        await Assert.That(await platform.Client.GetStringAsync("/hand")).IsEqualTo("hand");
    }

    [Test]
    public async Task The_first_deploy_is_merged_into_what_is_baked_into_a_running_platform()
    {
        var baked = Directory.CreateTempSubdirectory("esb-baked-").FullName;
        await WriteByHandAsync(baked, "baked");
        await using var platform = await StartAsync(("BAKED_CONFIG_DIR", baked));
        await Eventually.TrueAsync(() => AnswersAsync(platform, "baked"));
        await platform.DeployAsync(platform.Write(
            "later", Templates.Function("later", "/later"), ("src/app.py", Templates.Answer("later"))));
        await Assert.That(await platform.Client.GetStringAsync("/later")).IsEqualTo("later");
        await Assert.That(await platform.Client.GetStringAsync("/baked")).IsEqualTo("baked");

        var back = await platform.EsbAsync("rollback", "1");
        await Assert.That(back.ExitCode).IsEqualTo(0).Because(back.ToString());
        await Assert.That(await AnswersAsync(platform, "later")).IsFalse();
        await Assert.That(await platform.Client.GetStringAsync("/baked")).IsEqualTo("baked");
        Directory.Delete(baked, recursive: true);
    }

    [Test]
    public async Task A_deploy_is_refused_and_names_what_would_be_lost_if_the_gateway_does_not_say_what_it_serves()
    {
        var baked = Directory.CreateTempSubdirectory("esb-baked-").FullName;
        await WriteByHandAsync(baked, "baked");
        // A folder instead of a file: the gateway cannot return it, and needs it for nothing else.
        Directory.CreateDirectory(Path.Combine(baked, "resources.yml"));
        await using var platform = await StartAsync(("BAKED_CONFIG_DIR", baked));
        await Eventually.TrueAsync(() => AnswersAsync(platform, "baked"));
        var template = platform.Write(
            "later", Templates.Function("later", "/later"), ("src/app.py", Templates.Answer("later")));
        var refused = await platform.EsbAsync("deploy", "-t", template, "--env", "prod");
        await Assert.That(refused.ExitCode).IsEqualTo(1).Because(refused.ToString());
        await Assert.That(refused.Error)
            .Contains("the gateway serves what was there, but does not report it")
            .And.Contains("--allow-loss")
            .And.Contains("function baked")
            .And.Contains("route GET /baked");
        await Assert.That(await platform.Client.GetStringAsync("/baked")).IsEqualTo("baked");
        await Assert.That((await platform.EsbAsync("prune")).ExitCode).IsEqualTo(1);

        var deploy = await platform.DeployAsync(template, "--allow-loss");
        await Assert.That(deploy.Error)
            .Contains("warning: served until now, and gone with this deploy: function baked, route GET /baked");
        await Assert.That(await platform.Client.GetStringAsync("/later")).IsEqualTo("later");
        await Assert.That(await AnswersAsync(platform, "baked")).IsFalse();
        Directory.Delete(baked, recursive: true);
    }

    [Test]
    public async Task Code_that_the_gateway_serves_from_files_that_vanished_is_not_pruned()
    {
        await using var platform = await StartAsync();
        await platform.DeployAsync(platform.Write(
            "orders", Templates.Function("orders", "/orders"), ("src/app.py", Templates.Answer("served"))));
        foreach (var file in Directory.GetFiles(platform.ConfigurationFolder, "*.yml"))
            File.Delete(file);
        Directory.Delete(Path.Combine(platform.ConfigurationFolder, ".revisions"), recursive: true);
        var pruned = await platform.EsbAsync("prune", "--keep", "1", "--json");
        await Assert.That(JsonDocument.Parse(pruned.Output).RootElement.GetProperty("code").GetArrayLength())
            .IsEqualTo(0);
        await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo("served");
    }

    [Test]
    public async Task Only_the_gateway_s_own_user_and_root_get_the_content_of_the_files()
    {
        await using var platform = await StartAsync();
        await WriteByHandAsync(platform.ConfigurationFolder, "hand");
        await Eventually.TrueAsync(() => AnswersAsync(platform, "hand"));
        using var admin = new HttpClient();
        using var told = JsonDocument.Parse(
            await admin.GetStringAsync($"http://127.0.0.1:{platform.AdminPort}/configuration"));
        await Assert.That(told.RootElement.GetProperty("functions").GetBytesFromBase64())
            .IsEquivalentTo(await File.ReadAllBytesAsync(Path.Combine(platform.ConfigurationFolder, "functions.yml")));
        // Only root can become another user.
        if (!Environment.IsPrivilegedProcess)
            return;
        var stranger = await Command.RunAsync(
            "setpriv",
            [
                "--reuid", "65532", "--regid", "65532", "--clear-groups", "curl", "--noproxy", "*", "--silent",
                "--write-out", "%{http_code}", $"http://127.0.0.1:{platform.AdminPort}/configuration",
            ],
            "/",
            new Dictionary<string, string?>());
        await Assert.That(stranger.Output).EndsWith("403").And.Contains("may hold secrets")
            .And.DoesNotContain("\"functions\"");
    }

    private static async Task<Platform> StartAsync(params (string, string)[] settings)
    {
        var platform = new Platform(settings);
        try
        {
            await platform.InitializeAsync();
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    private static async Task WriteByHandAsync(string folder, string name)
    {
        var code = Directory.CreateDirectory(Path.Combine(folder, "code")).FullName;
        await File.WriteAllTextAsync(Path.Combine(code, "app.py"), Templates.Answer(name));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "functions.yml"),
            $"functions:\n  {name}: {{ code: {code}, runtime: python3.11, handler: app.handler }}\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "routing.yml"), $"routes:\n  - {{ path: /{name}, method: GET, function: {name} }}\n");
    }

    private static async Task<bool> AnswersAsync(Platform platform, string name) =>
        (await platform.Client.GetAsync($"/{name}")).StatusCode == HttpStatusCode.OK;
}
