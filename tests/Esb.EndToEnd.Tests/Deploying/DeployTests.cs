using System.Net;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying;

[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class DeployTests(Platform platform)
{
    [Test]
    public async Task Two_templates_are_merged_and_the_later_one_takes_precedence_where_they_conflict()
    {
        await platform.DeployAsync(platform.Write(
            "join-a",
            Templates.Function("join-a", "/join/a", more: "        Shared:\n          Type: Api\n          Properties: "
                + "{ Path: /join/shared, Method: GET }\n"),
            ("src/app.py", Templates.Answer("A"))));
        await Assert.That(await platform.Client.GetStringAsync("/join/shared")).IsEqualTo("A");

        await platform.DeployAsync(platform.Write(
            "join-b",
            Templates.Function("join-b", "/join/b", more: "        Shared:\n          Type: Api\n          Properties: "
                + "{ Path: /join/shared, Method: GET }\n"),
            ("src/app.py", Templates.Answer("B"))));
        await Assert.That(await platform.Client.GetStringAsync("/join/a")).IsEqualTo("A");
        await Assert.That(await platform.Client.GetStringAsync("/join/b")).IsEqualTo("B");
        await Assert.That(await platform.Client.GetStringAsync("/join/shared")).IsEqualTo("B");
    }

    [Test]
    public async Task New_code_answers_as_soon_as_the_command_returns_and_a_running_request_finishes_on_the_old_code()
    {
        var entered = Path.Combine(Directory.CreateTempSubdirectory("esb-slow-").FullName, "entered");
        string Slow(string version) => Templates.Handler(
            "if event['queryStringParameters']:",
            $"    open('{entered}', 'w').close()",
            "    time.sleep(4)",
            $"return {{'statusCode': 200, 'body': '{version}'}}");
        var template = platform.Write("edit", Templates.Function("edit", "/edit"), ("src/app.py", Slow("old")));
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/edit")).IsEqualTo("old");

        var running = platform.Client.GetStringAsync("/edit?slow=1");
        await Eventually.TrueAsync(() => File.Exists(entered));
        platform.Write("edit", Templates.Function("edit", "/edit"), ("src/app.py", Slow("new")));
        await platform.DeployAsync(template);
        await Assert.That(await platform.Client.GetStringAsync("/edit")).IsEqualTo("new");
        await Assert.That(running.IsCompleted).IsFalse();
        await Assert.That(await running).IsEqualTo("old");
    }

    [Test]
    [NotInParallel]
    public async Task A_deploy_with_nothing_changed_writes_no_byte_and_starts_no_worker()
    {
        var template = platform.Write(
            "same", Templates.Function("same", "/same"), ("src/app.py", Templates.Answer("same")));
        await platform.DeployAsync(template);
        await platform.Client.GetStringAsync("/same");
        // The worker asks for its next event after its answer was sent; a request before that starts a second worker.
        await Eventually.TrueAsync(async () => await WorkersAsync("same", "idle") is { Count: 1 });
        var (files, workers) = (Files(), await WorkersAsync("same"));

        var again = await platform.DeployAsync(template);
        await Assert.That(again.Output).Contains("Nothing to do");
        await platform.Client.GetStringAsync("/same");
        await Assert.That(await WorkersAsync("same")).IsEquivalentTo(workers);
        await Assert.That(Files()).IsEquivalentTo(files);
    }

    [Test]
    public async Task A_change_of_only_the_environment_is_a_new_revision_too()
    {
        string Template(string value) => Templates.Function(
            "environment", "/environment", more: $"      Environment: {{ Variables: {{ VALUE: '{value}' }} }}\n");
        var code = ("src/app.py", Templates.Handler("return {'statusCode': 200, 'body': os.environ['VALUE']}"));
        await platform.DeployAsync(platform.Write("environment", Template("one"), code));
        await Assert.That(await platform.Client.GetStringAsync("/environment")).IsEqualTo("one");
        await platform.DeployAsync(platform.Write("environment", Template("two"), code));
        await Assert.That(await platform.Client.GetStringAsync("/environment")).IsEqualTo("two");
    }

    [Test]
    public async Task Concurrent_deploys_lose_nothing()
    {
        var templates = Enumerable.Range(0, 6)
            .Select(i => platform.Write(
                $"many-{i}", Templates.Function($"many-{i}", $"/many/{i}"), ("src/app.py", Templates.Answer($"{i}"))))
            .ToList();
        await Task.WhenAll(templates.Select(t => platform.DeployAsync(t)));
        for (var i = 0; i < templates.Count; i++)
            await Assert.That(await platform.Client.GetStringAsync($"/many/{i}")).IsEqualTo($"{i}");
    }

    [Test]
    public async Task A_file_written_by_hand_is_served_without_a_deploy()
    {
        using var own = await OwnPlatformAsync();
        var code = Directory.CreateTempSubdirectory("esb-hand-").FullName;
        await File.WriteAllTextAsync(Path.Combine(code, "app.py"), Templates.Answer("by hand"));
        Directory.CreateDirectory(own.Value.ConfigurationFolder);
        await File.WriteAllTextAsync(
            Path.Combine(own.Value.ConfigurationFolder, "functions.yml"),
            $"functions:\n  hand:\n    code: {code}\n    runtime: python3.11\n    handler: app.handler\n");
        await File.WriteAllTextAsync(
            Path.Combine(own.Value.ConfigurationFolder, "routing.yml"),
            "routes:\n  - { path: /hand, function: hand }\n");
        await Eventually.TrueAsync(
            async () => (await own.Value.Client.GetAsync("/hand")).StatusCode == HttpStatusCode.OK);
        await Assert.That(await own.Value.Client.GetStringAsync("/hand")).IsEqualTo("by hand");

        await File.WriteAllTextAsync(
            Path.Combine(own.Value.ConfigurationFolder, "routing.yml"), "routes:\n  - { path: /hand, function: [ }\n");
        await Eventually.TrueAsync(async () => (await own.Value.Client.GetStringAsync("/health"))
            .Contains("routing.yml:2:", StringComparison.Ordinal));
        await Assert.That(await own.Value.Client.GetStringAsync("/hand")).IsEqualTo("by hand");
    }

    private static async Task<Owned> OwnPlatformAsync()
    {
        var own = new Platform();
        await own.InitializeAsync();
        return new Owned(own);
    }

    private List<(string Name, long Length, DateTime Written)> Files() =>
        [
            .. new DirectoryInfo(platform.ConfigurationFolder).GetFiles("*.yml")
                .Select(f => (f.Name, f.Length, f.LastWriteTimeUtc)),
        ];

    private async Task<List<string>> WorkersAsync(string function, string? state = null)
    {
        using var admin = new HttpClient();
        using var workers = JsonDocument.Parse(
            await admin.GetStringAsync($"http://127.0.0.1:{platform.AdminPort}/workers"));
        return [.. workers.RootElement.EnumerateArray()
            .Where(w => w.GetProperty("function").GetString() == function
                && (state is null || w.GetProperty("state").GetString() == state))
            .Select(w => w.GetProperty("id").GetString()!)];
    }

    private sealed record Owned(Platform Value) : IDisposable
    {
        public void Dispose() => Value.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
