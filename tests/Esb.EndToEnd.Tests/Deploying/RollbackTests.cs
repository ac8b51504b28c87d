using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Deploying;

/// <summary>
/// Rollbacks on a platform that serves. Each test has its own platform, because revisions are of the whole
/// configuration folder.
/// </summary>
internal sealed class RollbackTests
{
    [Test]
    public async Task A_bad_deploy_is_rolled_back_and_the_good_version_answers_when_the_command_returns()
    {
        await using var platform = await Platform.StartAsync();
        await DeployAsync(platform, Templates.Answer("good"));
        await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo("good");
        await DeployAsync(platform, Templates.Handler("raise RuntimeError('bad')"));
        await Assert.That((await platform.Client.GetAsync("/orders")).StatusCode).IsEqualTo(HttpStatusCode.BadGateway);

        var back = await platform.EsbAsync("rollback");
        await Assert.That(back.ExitCode).IsEqualTo(0).Because(back.ToString());
        await Assert.That(back.Output).Contains("Back to revision 1 in ").And.Contains(" is live as revision 3.");
        await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo("good");
        using var history = JsonDocument.Parse((await platform.EsbAsync("history", "--json")).Output);
        using var health = JsonDocument.Parse(await platform.Client.GetStringAsync("/health"));
        var current = history.RootElement.GetProperty("revisions")[0];
        await Assert.That(current.GetProperty("current").GetBoolean()).IsTrue();
        await Assert.That(health.RootElement.GetProperty("configuration").GetProperty("hash").GetString())
            .IsEqualTo(current.GetProperty("configuration").GetString());
    }

    [Test]
    public async Task A_rollback_ends_later_functions_and_a_second_one_finds_their_table_unchanged()
    {
        await using var platform = await Platform.StartAsync();
        await DeployAsync(platform, Templates.Answer("first"));
        var later = platform.Write(
            "later",
            Templates.Function(
                "later",
                "/later",
                more: "  Notes:\n    Type: AWS::Serverless::SimpleTable\n    Properties: { TableName: notes }\n"),
            ("src/app.py", Templates.Handler(
                "import boto3",
                "notes = boto3.resource('dynamodb').Table('notes')",
                "if event['httpMethod'] == 'PUT':",
                "    notes.put_item(Item={'id': '1', 'text': 'kept'})",
                "return {'statusCode': 200, 'body': notes.get_item(Key={'id': '1'})['Item']['text']}")));
        await platform.DeployAsync(later);
        await Assert.That((await platform.Client.PutAsync("/later", null)).StatusCode).IsEqualTo(HttpStatusCode.OK);

        var back = await platform.EsbAsync("rollback", "1");
        await Assert.That(back.Output).Contains("table notes no longer named; what is stored there stays");
        await Assert.That((await platform.Client.GetAsync("/later")).StatusCode).IsNotEqualTo(HttpStatusCode.OK);
        await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo("first");
        await Assert.That((await platform.EsbAsync("rollback")).ExitCode).IsEqualTo(0);
        await Assert.That(await platform.Client.GetStringAsync("/later")).IsEqualTo("kept");
    }

    [Test]
    public async Task No_request_fails_while_versions_change_back_and_forth()
    {
        await using var platform = await Platform.StartAsync();
        await DeployAsync(platform, Templates.Answer("one"));
        await DeployAsync(platform, Templates.Answer("two"));
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentBag<string>();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                answers.Add(await platform.Client.GetStringAsync("/orders")); // Throws unless the status is a success.
        })).ToList();
        for (var i = 0; i < 6; i++)
        {
            var back = await platform.EsbAsync("rollback");
            await Assert.That(back.ExitCode).IsEqualTo(0).Because(back.ToString());
            await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo(i % 2 == 0 ? "one" : "two");
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        await Assert.That(answers.Distinct().Order()).IsEquivalentTo(["one", "two"]);
    }

    [Test]
    public async Task Code_that_a_request_still_runs_on_outlives_a_prune()
    {
        await using var platform = await Platform.StartAsync();
        var signals = Directory.CreateTempSubdirectory("esb-prune-").FullName;
        // Imports a part of its code only at the end: if that was removed meanwhile, the import fails.
        await DeployAsync(
            platform,
            Templates.Handler(
                $"open('{signals}/entered', 'w').close()",
                $"while not os.path.exists('{signals}/leave'): time.sleep(0.01)",
                "import late",
                "return {'statusCode': 200, 'body': late.TEXT}"),
            ("src/late.py", "TEXT = 'old'\n"));
        var running = platform.Client.GetStringAsync("/orders");
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(signals, "entered")));
        await DeployAsync(platform, Templates.Answer("new"));
        await DeployAsync(platform, Templates.Answer("newer"));

        var first = await PruneAsync(platform);
        await Assert.That(first.GetProperty("revisions").GetArrayLength()).IsEqualTo(2);
        await Assert.That(first.GetProperty("code").GetArrayLength()).IsEqualTo(1);
        File.WriteAllText(Path.Combine(signals, "leave"), "");
        await Assert.That(await running).IsEqualTo("old");
        await Eventually.TrueAsync(async () => (await PruneAsync(platform)).GetProperty("code").GetArrayLength() == 1);
        await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo("newer");
        Directory.Delete(signals, recursive: true);
    }

    [Test]
    public async Task While_the_gateway_does_not_serve_the_files_nothing_is_pruned_and_a_rollback_fixes_it()
    {
        await using var platform = await Platform.StartAsync();
        await DeployAsync(platform, Templates.Answer("one"));
        await DeployAsync(platform, Templates.Answer("two"));
        await File.WriteAllTextAsync(Path.Combine(platform.ConfigurationFolder, "functions.yml"), "functions: }\n");
        var pruned = await platform.EsbAsync("prune", "--keep", "1");
        await Assert.That(pruned.ExitCode).IsEqualTo(1);
        await Assert.That(pruned.Error).Contains("nothing was removed: the gateway does not serve what is in")
            .And.Contains("functions.yml:1:");
        await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo("two");
        await Assert.That((await platform.EsbAsync("rollback")).Output).Contains("is live as revision 4.");
        await Assert.That((await PruneAsync(platform)).GetProperty("revisions").GetArrayLength()).IsEqualTo(3);
        await Assert.That(await platform.Client.GetStringAsync("/orders")).IsEqualTo("two");
    }

    private static Task<CommandResult> DeployAsync(
        Platform platform,
        string handler,
        params (string Path, string Text)[] more) =>
        platform.DeployAsync(platform.Write(
            "orders", Templates.Function("orders", "/orders"), [("src/app.py", handler), .. more]));

    private static async Task<JsonElement> PruneAsync(Platform platform)
    {
        var pruned = await platform.EsbAsync("prune", "--keep", "1", "--json");
        return pruned.ExitCode == 0
            ? JsonDocument.Parse(pruned.Output).RootElement
            : throw new InvalidOperationException(pruned.ToString());
    }
}
