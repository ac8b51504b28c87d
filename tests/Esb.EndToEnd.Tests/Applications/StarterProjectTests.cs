using System.Net;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Applications;

/// <summary>
/// Several starter projects on one platform, as in somebody's first hour: taken over, pruned, removed and restored.
/// </summary>
internal sealed class StarterProjectTests
{
    // What the starter projects of other tools have in common: no FunctionName, and one route.
    private static string Starter(string path, string more = "") => $$"""
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          HelloWorldFunction:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.11
              Events: { HelloWorld: { Type: Api, Properties: { Path: {{path}}, Method: get } } }
        {{more}}
        """;

    private const string Second = """
          Second:
            Type: AWS::Serverless::Function
            Properties: { CodeUri: src/, Handler: app.handler, Runtime: python3.11, Events: { E: { Type: Api, Properties: { Path: /second, Method: get } } } }
        """;

    [Test]
    public async Task Two_examples_run_side_by_side_and_one_is_removed_and_restored()
    {
        await using var platform = await Platform.StartAsync();
        var root = Path.GetDirectoryName(platform.StateFolder)!;
        foreach (var name in (string[])["shop", "blog"])
        {
            await SucceedAsync(platform, "init", Path.Combine(root, name));
            await SucceedAsync(platform, "deploy", "-t", Path.Combine(root, name, "template.yaml"));
        }

        await Assert.That(await platform.Client.GetStringAsync("/shop/you")).Contains("Hello, you!");
        await Assert.That(await platform.Client.GetStringAsync("/blog/you")).Contains("Hello, you!");
        await SucceedAsync(platform, "remove", "shop", "--yes");
        await Assert.That((await platform.Client.GetAsync("/shop")).StatusCode).IsNotEqualTo(HttpStatusCode.OK);
        await Assert.That(await platform.Client.GetStringAsync("/blog")).Contains("Hello");
        await SucceedAsync(platform, "rollback");
        await Assert.That(await platform.Client.GetStringAsync("/shop")).Contains("Hello");
        var list = await SucceedAsync(platform, "list");
        await Assert.That(list.Output).Contains("blog").And.Contains("shop");
    }

    [Test]
    public async Task Functions_with_one_logical_id_are_taken_over_by_name_or_run_side_by_side_with_qualified_names()
    {
        await using var platform = await Platform.StartAsync();
        var one = platform.Write("one", Starter("/one"), ("src/app.py", Templates.Answer("one")));
        var two = platform.Write("two", Starter("/two"), ("src/app.py", Templates.Answer("two")));
        await platform.DeployAsync(one);
        var refused = await platform.EsbAsync("deploy", "-t", two, "--env", "prod", "--no-takeover");
        await Assert.That(refused.ExitCode).IsEqualTo(1).Because(refused.ToString());
        await Assert.That(await platform.Client.GetStringAsync("/one")).IsEqualTo("one");

        var qualified = await platform.DeployAsync(two, "--qualified-names");
        await Assert.That(qualified.Output).Contains("two-HelloWorldFunction");
        await Assert.That(await platform.Client.GetStringAsync("/one")).IsEqualTo("one");
        await Assert.That(await platform.Client.GetStringAsync("/two")).IsEqualTo("two");

        // Without qualified names the second application takes the name over, and the route of the first does not reach
        // the second's code.
        var taken = await platform.DeployAsync(two);
        await Assert.That(taken.Output).Contains("~ HelloWorldFunction").And.Contains("was application 'one'");
        await Assert.That((await platform.Client.GetAsync("/one")).StatusCode).IsEqualTo(HttpStatusCode.Forbidden);
        await platform.DeployAsync(one);
        await Assert.That(await platform.Client.GetStringAsync("/one")).IsEqualTo("one");
    }

    [Test]
    public async Task Functions_that_the_template_no_longer_names_are_reported_and_removed_on_request()
    {
        await using var platform = await Platform.StartAsync();
        await platform.DeployAsync(
            platform.Write("other", Starter("/other"), ("src/app.py", Templates.Answer("other"))),
            "--stack",
            "other",
            "--qualified-names");
        var template = platform.Write("mine", Starter("/mine", Second), ("src/app.py", Templates.Answer("mine")));
        await platform.DeployAsync(template, "--stack", "mine");
        platform.Write("mine", Starter("/mine"));

        var left = await platform.DeployAsync(template, "--stack", "mine");
        await Assert.That(left.Output).Contains("No longer in the template, still served: ").And.Contains("Second");
        await Assert.That(await platform.Client.GetStringAsync("/second")).IsEqualTo("mine");
        await platform.DeployAsync(template, "--stack", "mine", "--prune");
        await Assert.That((await platform.Client.GetAsync("/second")).StatusCode).IsNotEqualTo(HttpStatusCode.OK);
        await Assert.That(await platform.Client.GetStringAsync("/mine")).IsEqualTo("mine");
        await Assert.That(await platform.Client.GetStringAsync("/other")).IsEqualTo("other");
    }

    private static async Task<CommandResult> SucceedAsync(Platform platform, params string[] arguments)
    {
        var result = await platform.EsbAsync(arguments);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"esb {string.Join(' ', arguments)}: {result}");
    }
}
