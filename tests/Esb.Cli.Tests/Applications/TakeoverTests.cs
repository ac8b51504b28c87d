using Esb.Cli.Tests.Platform;

using static Esb.Cli.Tests.Applications.ApplicationFolder;

namespace Esb.Cli.Tests.Applications;

/// <summary>
/// One application takes over resources of another one: what is reported, which routes are closed, and what opens them
/// again.
/// </summary>
internal sealed class TakeoverTests : IDisposable
{
    private readonly ApplicationFolder _folder = new("ESB_KEEP_REVISIONS=3\n");

    public TakeoverTests()
    {
        _folder.Write(
            "open/template.yaml",
            Head + Function("ApiFunction", "GET /public", property: "FunctionUrlConfig: { AuthType: NONE }"));
        _folder.Write("admin/template.yaml", Head + """
              Api:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: Prod
                  Auth: { DefaultAuthorizer: Au, Authorizers: { Au: { FunctionArn: !GetAtt AuthFn.Arn } } }

            """ + Function("AuthFn") + Function("ApiFunction", "GET /admin", "RestApiId: !Ref Api"));
        _folder.Write("other/template.yaml", Head + Function("AuthFn", "GET /other"));
    }

    [Test]
    public async Task Routes_and_the_URL_of_a_function_that_another_application_takes_over_are_closed_and_reported()
    {
        await _folder.DeployAsync("open");
        var preview = await _folder.DeployAsync("admin", "--dry-run");
        const string Closed =
            "warning: GET /public, ANY /_url/ApiFunction, ANY /_url/ApiFunction/{proxy+} of application 'open' lead to "
                + "'ApiFunction', which belongs to application 'admin' now: the routes are closed";
        await Assert.That(preview.Error).Contains(Closed).And.Contains(
            "give one of the two functions another name, or deploy 'open' again, which takes the function back");
        var before = Files();
        var strict = await _folder.DeployAsync("admin", "--strict");
        await Assert.That((strict.ExitCode, Files())).IsEqualTo((1, before));
        await Assert.That(strict.Error).Contains(Closed.Replace("warning:", "error:", StringComparison.Ordinal));

        var taken = await _folder.DeployAsync("admin", "--json");
        await Assert.That(taken.ExitCode).IsEqualTo(0);
        using var json = System.Text.Json.JsonDocument.Parse(taken.Output);
        await Assert.That(string.Join(' ', json.RootElement.GetProperty("closed").EnumerateArray()
            .Select(c => c.GetProperty("route").GetString()))).Contains("GET /public");
        await Assert.That((await _folder.EsbAsync("doctor")).Output)
            .Contains("routes whose function another application has taken over: GET /public of 'open' (the function "
                + "'ApiFunction' belongs to application 'admin' now)");
        // Reported once, by the deploy that takes over.
        await Assert.That((await _folder.DeployAsync("other")).Error).DoesNotContain("/public");
    }

    [Test]
    public async Task Routes_whose_authorizer_is_taken_over_are_closed_until_a_rollback_or_a_deploy()
    {
        await _folder.DeployAsync("admin");
        var other = await _folder.DeployAsync("other");
        await Assert.That(other.Error).Contains("GET /admin of application 'admin' is guarded by 'AuthFn', "
            + "which belongs to application 'other' now: the route is closed");
        const string Closed = "routes whose function another application has taken over: "
            + "GET /admin of 'admin' (the function 'AuthFn', which guards it, belongs to application 'other' now)";
        await Assert.That((await _folder.EsbAsync("doctor")).Output).Contains(Closed);
        await _folder.EsbAsync("rollback");
        await Assert.That((await _folder.EsbAsync("doctor")).Output).DoesNotContain("has taken over");
        var again = await _folder.EsbAsync("rollback");
        await Assert.That(again.Error).Contains("GET /admin of application 'admin' is guarded by 'AuthFn'");
        await _folder.DeployAsync("admin");
        await Assert.That((await _folder.EsbAsync("doctor")).Output)
            .Contains("GET /other of 'other' (the function 'AuthFn' belongs to application 'admin' now)")
            .And.DoesNotContain("GET /admin of");
    }

    [Test]
    public async Task A_route_to_the_function_of_another_application_stays_open_until_a_third_one_takes_it_over()
    {
        await _folder.DeployAsync("other");
        _folder.Write("guest/template.yaml", Head + """
              Api:
                Type: AWS::Serverless::Api
                Properties:
                  StageName: Prod
                  DefinitionBody:
                    openapi: 3.0.1
                    paths: { /guest: { get: { x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:AuthFn/invocations' } } } }

            """);
        await Assert.That((await _folder.DeployAsync("guest")).ExitCode).IsEqualTo(0);
        await Assert.That(_folder.Read("routing.yml")).Contains("function_application: other");
        await Assert.That((await _folder.EsbAsync("doctor")).Output).DoesNotContain("has taken over");
        await Assert.That((await _folder.DeployAsync("other", "--no-takeover")).Output).StartsWith("Nothing to do");
        var taken = await _folder.DeployAsync("admin");
        await Assert.That(taken.Error).Contains("GET /guest of application 'guest' leads to 'AuthFn', "
            + "which belongs to application 'admin' now: the route is closed")
            .And.Contains("deploy 'guest' again if it is to use the function of 'admin'");
        await _folder.DeployAsync("guest");
        await Assert.That((await _folder.EsbAsync("doctor")).Output).DoesNotContain("GET /guest");
    }

    [Test]
    public async Task Each_of_two_templates_of_one_deploy_means_its_own_function_and_routes_to_the_other_are_closed()
    {
        _folder.Write("admin/src/app.py", "def handler(event, context): return {}");
        var both = await _folder.DeployAsync("open", "-t", _folder.At("admin/template.yaml"));
        await Assert.That(both.ExitCode).IsEqualTo(0);
        await Assert.That(both.Error).Contains("function 'ApiFunction' is replaced by that of").And.Contains(
            "GET /public, ANY /_url/ApiFunction, ANY /_url/ApiFunction/{proxy+} of application 'open' lead to "
                + "'ApiFunction', which belongs to application 'admin' now");
        await Assert.That(_folder.Read("routing.yml")).DoesNotContain("function_application");
        await Assert.That((await _folder.EsbAsync("doctor")).Output).Contains("GET /public of 'open'");
    }

    [Test]
    public async Task Tables_buckets_and_layers_that_are_taken_over_are_reported_on_the_narrowest_screen_too()
    {
        static string Stores(string name) => $$"""
              {{name}}Table: { Type: AWS::Serverless::SimpleTable, Properties: { TableName: shared-table } }
              {{name}}Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: shared-bucket } }
              {{name}}Layer: { Type: AWS::Serverless::LayerVersion, Properties: { LayerName: shared-layer, ContentUri: layer/ } }

            """;
        _folder.Write("one/template.yaml", Head + Stores("One") + Function("AFunctionWithANameThatIsLong"));
        _folder.Write("two/template.yaml", Head + Stores("Two") + Function("AFunctionWithANameThatIsLong"));
        _folder.Write("one/layer/python/x.py", "");
        _folder.Write("two/layer/python/x.py", "y = 1");
        _folder.Write("two/src/app.py", "def handler(event, context): return {}");
        await Assert.That((await _folder.DeployAsync("one")).Error).DoesNotContain("error:");
        var whose = $"was application 'one', {_folder.At("one/template.yaml")}, deployed ";
        var preview = await _folder.EsbAsync(
            40, "deploy", "-t", _folder.At("two/template.yaml"), "-o", _folder.At("out"), "--dry-run");
        await Assert.That(preview.Error).DoesNotContain("error:");
        foreach (var entry in (string[])[
            "table shared-table", "bucket shared-bucket", "layer shared-layer", "function AFunctionWithANameThatIsLong",
        ])
            await Assert.That(preview.Output.Split('\n').Single(l => l.Contains(entry, StringComparison.Ordinal)))
                .Contains(whose)
                .And.Contains(" ago");
        var taken = await _folder.DeployAsync("two");
        foreach (var line in (string[])[
            "tables       ~ shared-table   ", "buckets      ~ shared-bucket   ", "layers       ~ shared-layer   ",
            "functions    ~ AFunctionWithANameThatIsLong   ",
        ])
            await Assert.That(taken.Output).Contains(line + whose);
    }

    [Test]
    public async Task Time_user_and_template_of_a_deploy_are_kept_longer_than_revisions_and_restored_by_a_rollback()
    {
        await _folder.DeployAsync("open");
        for (var i = 0; i < 5; i++)
        {
            _folder.Write("other/template.yaml", Head + Function("AuthFn", "GET /other" + i));
            await _folder.DeployAsync("other");
        }

        async Task<string> LineAsync(string application) => (await _folder.EsbAsync("list")).Output.Split('\n')
            .Single(l => l.StartsWith(application + " ", StringComparison.Ordinal));
        await Assert.That(await LineAsync("open")).Contains(Environment.UserName)
            .And.EndsWith(_folder.At("open/template.yaml"));
        var preview = await _folder.DeployAsync("admin", "--dry-run");
        await Assert.That(preview.Output)
            .Contains($"was application 'open', {_folder.At("open/template.yaml")}, deployed ");

        var before = await LineAsync("other");
        Directory.CreateDirectory(_folder.At("moved"));
        File.Copy(_folder.At("other/template.yaml"), _folder.At("moved/template.yaml"));
        _folder.Write("moved/src/app.py", "def handler(event, context): return 7");
        await _folder.DeployAsync("moved", "--stack", "other");
        await Assert.That(await LineAsync("other")).EndsWith(_folder.At("moved/template.yaml"));
        await _folder.EsbAsync("rollback");
        await Assert.That(await LineAsync("other")).IsEqualTo(before);
        // It is kept after further deploys.
        await _folder.DeployAsync("open", "--stack", "another");
        await Assert.That(await LineAsync("other")).IsEqualTo(before);
        using var history = System.Text.Json.JsonDocument.Parse((await _folder.EsbAsync("history", "--json")).Output);
        await Assert.That(history.RootElement.GetProperty("revisions").GetArrayLength()).IsEqualTo(3);
    }

    [Test]
    public async Task An_application_that_comes_from_another_folder_than_last_time_is_reported()
    {
        _folder.Write("a/api/template.yaml", Head + Function("One", "GET /one"));
        _folder.Write("b/api/template.yaml", Head + Function("Two", "GET /two"));
        await _folder.DeployAsync("a/api");
        var said = $"application 'api' was deployed from {_folder.At("a/api/template.yaml")} the last time, "
            + $"and comes from {_folder.At("b/api/template.yaml")} now";
        var strict = await _folder.DeployAsync("b/api", "--strict");
        await Assert.That(strict.ExitCode).IsEqualTo(1);
        await Assert.That(strict.Error).Contains("error: " + said)
            .And.Contains("give --stack api if both are one application, or --stack with another name if they are two");
        await Assert.That((await _folder.DeployAsync("b/api", "--dry-run")).Error).Contains("warning: " + said);
        // An explicit name is accepted, and the change is still reported.
        var named = await _folder.DeployAsync("b/api", "--stack", "api", "--strict");
        await Assert.That(named.ExitCode).IsEqualTo(0);
        await Assert.That(named.Error).Contains("note: " + said);
        await Assert.That((await _folder.DeployAsync("b/api", "--strict")).ExitCode).IsEqualTo(0);
        // Another template in the same folder is another application.
        _folder.Write("b/api/second.yaml", (Head + Function("Three", "GET /three"))
            .Replace("python3.12", await MachineRuntime.PythonAsync(), StringComparison.Ordinal));
        var second = await _folder.EsbAsync(
            "deploy", "-t", _folder.At("b/api/second.yaml"), "-o", _folder.At("out"), "--strict");
        await Assert.That((second.ExitCode, second.Error.Contains(
            $"comes from {_folder.At("b/api/second.yaml")} now", StringComparison.Ordinal))).IsEqualTo((1, true));
        // The output of sam build belongs to the same project.
        _folder.Write("b/api/.aws-sam/build/template.yaml", Head + Function("Two", "GET /three"));
        await Assert.That((await _folder.DeployAsync("b/api/.aws-sam/build", "--strict")).ExitCode).IsEqualTo(0);
        await Assert.That((await _folder.DeployAsync("b/api", "--strict")).ExitCode).IsEqualTo(0);
    }

    public void Dispose() => _folder.Dispose();

    private string Files() => string.Join("\n---\n", ((string[])["functions.yml", "routing.yml"]).Select(_folder.Read));
}
