using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Failing;

/// <summary>The answers to callers when a function fails, which are those of API Gateway and Lambda.</summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class FailingFunctionTests(Platform platform)
{
    [Test]
    [Arguments("raises", "raise ValueError('boom')")]
    [Arguments("exits", "os._exit(3)")]
    [Arguments("garbage", "return 'not a response'")]
    public async Task A_function_that_fails_is_answered_with_502_and_the_next_request_is_served(
        string name,
        string line)
    {
        await platform.DeployAsync(platform.Write(name, Templates.Function(
            name, $"/{name}"), ("src/app.py", Templates.Handler(
            "if event['httpMethod'] == 'POST':",
            $"    {line}",
            "return {'statusCode': 200, 'body': 'fine'}"))));
        var failed = await platform.Client.PostAsync($"/{name}", null);
        await Assert.That(failed.StatusCode).IsEqualTo(HttpStatusCode.BadGateway);
        await Assert.That(await failed.Content.ReadAsStringAsync())
            .IsEqualTo("""{"message": "Internal server error"}""");
        await Assert.That(await platform.Client.GetStringAsync($"/{name}")).IsEqualTo("fine");
    }

    [Test]
    public async Task A_function_that_hangs_is_answered_after_its_timeout_and_the_next_request_is_served()
    {
        await platform.DeployAsync(platform.Write("hangs", Templates.Function(
            "hangs", "/hangs", timeout: 1), ("src/app.py", Templates.Handler(
            "if event['httpMethod'] == 'POST':",
            "    time.sleep(600)",
            "return {'statusCode': 200, 'body': 'fine'}"))));
        await Assert.That((await platform.Client.PostAsync("/hangs", null)).StatusCode)
            .IsEqualTo(HttpStatusCode.GatewayTimeout);
        await Assert.That(await platform.Client.GetStringAsync("/hangs")).IsEqualTo("fine");
        await Assert.That((await platform.EsbAsync("status")).Output).Contains("Task timed out after 1.00 seconds");
    }

    [Test]
    public async Task A_worker_that_is_killed_during_a_request_fails_that_request_at_once_and_no_other()
    {
        await platform.DeployAsync(platform.Write("killed", Templates.Function(
            "killed", "/killed", timeout: 300), ("src/app.py", Templates.Handler(
            "if event['httpMethod'] == 'POST':",
            "    open(event['body'], 'w').write(str(os.getpid()))",
            "    time.sleep(600)",
            "return {'statusCode': 200, 'body': 'fine'}"))));
        var pidFile = Path.Combine(Directory.CreateTempSubdirectory("esb-kill-").FullName, "pid");
        var running = platform.Client.PostAsync("/killed", new StringContent(pidFile));
        await Eventually.TrueAsync(() => File.Exists(pidFile) && new FileInfo(pidFile).Length > 0);
        using (var worker = Process.GetProcessById(int.Parse(
            await File.ReadAllTextAsync(pidFile), System.Globalization.CultureInfo.InvariantCulture)))
            worker.Kill();
        await Assert.That((await running).StatusCode).IsEqualTo(HttpStatusCode.BadGateway);
        await Assert.That(await platform.Client.GetStringAsync("/killed")).IsEqualTo("fine");
    }

    [Test]
    public async Task A_function_whose_import_fails_reports_that_to_its_caller()
    {
        await platform.DeployAsync(platform.Write(
            "imports",
            Templates.Function("imports", "/imports"),
            ("src/app.py", "import no_such_module\n\ndef handler(event, context):\n    pass\n")));
        var invoked = await platform.EsbAsync("invoke", "imports", "--event", "{}");
        await Assert.That(invoked.ExitCode).IsEqualTo(1);
        await Assert.That(invoked.Output).Contains("Unable to import module 'app': No module named 'no_such_module'");
    }

    [Test]
    public async Task Boto3_invokes_functions_and_sees_the_error_of_one_that_raises()
    {
        await platform.DeployAsync(platform.Write("boto", Templates.Function(
            "boto", "/boto"), ("src/app.py", Templates.Handler(
            "if event.get('fail'):",
            "    raise KeyError('nope')",
            "print('seen', event['n'])",
            "return {'n': event['n'] + 1}"))));
        const string Script =
            """
            import base64, boto3, json
            client = boto3.client('lambda')
            ok = client.invoke(FunctionName='boto', Payload=json.dumps({'n': 1}), LogType='Tail')
            bad = client.invoke(FunctionName='boto', Payload=json.dumps({'fail': True}))
            dry = client.invoke(FunctionName='boto', InvocationType='DryRun')
            late = client.invoke(FunctionName='boto', InvocationType='Event', Payload=json.dumps({'n': 5}))
            try:
                client.invoke(FunctionName='nobody')
                missing = ''
            except client.exceptions.ResourceNotFoundException as e:
                missing = type(e).__name__
            print(json.dumps({'payload': json.load(ok['Payload']), 'log': base64.b64decode(ok['LogResult']).decode(), 'error': bad.get('FunctionError'),
                              'type': json.load(bad['Payload'])['errorType'], 'dry': dry['StatusCode'], 'late': late['StatusCode'], 'missing': missing}))
            """;
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL_LAMBDA"] = $"http://127.0.0.1:{platform.GatewayPort}",
            ["AWS_ACCESS_KEY_ID"] = "any",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            // Debian's release of boto3 is older than the variable, so the client also gets the address as an argument.
            ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{platform.GatewayPort}",
        };
        var script = Script.Replace(
            "boto3.client('lambda')",
            $"boto3.client('lambda', endpoint_url='http://127.0.0.1:{platform.GatewayPort}')",
            StringComparison.Ordinal);
        var result = await platform.RunAsync("/usr/bin/python3", environment, "-c", script);
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        using var said = JsonDocument.Parse(result.Output);
        var root = said.RootElement;
        await Assert.That(root.GetProperty("payload").GetProperty("n").GetInt32()).IsEqualTo(2);
        await Assert.That(root.GetProperty("log").GetString()!).Contains("seen 1");
        await Assert.That(root.GetProperty("error").GetString()).IsEqualTo("Unhandled");
        await Assert.That(root.GetProperty("type").GetString()).IsEqualTo("KeyError");
        await Assert.That(root.GetProperty("dry").GetInt32()).IsEqualTo(204);
        await Assert.That(root.GetProperty("late").GetInt32()).IsEqualTo(202);
        await Assert.That(root.GetProperty("missing").GetString()).IsEqualTo("ResourceNotFoundException");
    }
}
