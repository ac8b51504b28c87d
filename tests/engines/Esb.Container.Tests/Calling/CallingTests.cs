using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Calling;

/// <summary>The ways to invoke a function.</summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class CallingTests(ContainerPlatform platform)
{
    [Test]
    [Arguments("echo-rest", "Api", "event['body']", "event['isBase64Encoded']")]
    [Arguments("echo-http", "HttpApi", "event['body']", "event['isBase64Encoded']")]
    public async Task Bodies_are_returned_byte_for_byte_through_both_kinds_of_API(
        string name,
        string kind,
        string body,
        string encoded)
    {
        await platform.DeployAsync(platform.Write(
            name,
            Templates.Function(name, $"'/{name}/{{proxy+}}'")
                .Replace("Type: Api", $"Type: {kind}", StringComparison.Ordinal),
            ("src/app.py", Templates.Handler($"return {{'statusCode': 200, 'headers': {{'content-type': "
                + $"'application/octet-stream'}}, 'body': {body}, 'isBase64Encoded': {encoded}}}"))));
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/octet-stream");
        using var answer = await platform.Client.PostAsync($"/{name}/a/b", content);
        await Assert.That((await answer.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(bytes)).IsTrue();
    }

    [Test]
    public async Task A_function_invokes_another_one_with_an_unmodified_sdk()
    {
        await platform.DeployAsync(platform.Write(
            "callee",
            Templates.Function("callee", "/callee"),
            ("src/app.py", Templates.Handler("return {'n': event['n'] + 1}"))));
        await platform.DeployAsync(platform.Write("caller", Templates.Function(
            "caller", "/caller"), ("src/app.py", Templates.Handler(
            "import boto3",
            "answer = boto3.client('lambda').invoke(FunctionName='callee', Payload=json.dumps({'n': 41}))",
            "return {'statusCode': 200, 'body': answer['Payload'].read().decode()}"))));
        await Assert.That(await platform.Client.GetStringAsync("/caller")).IsEqualTo("""{"n": 42}""");
    }

    [Test]
    public async Task The_Invoke_API_answers_errors_dry_runs_and_asynchronous_events_as_Lambda_does()
    {
        await platform.DeployAsync(platform.Write(
            "invoked",
            Templates.Function("invoked", "/invoked"),
            ("src/app.py", Templates.Handler("print('seen', event)", "return 1 / event['n']"))));
        var good = await platform.EsbAsync("invoke", "invoked", "--event", """{"n": 4}""", "--tail");
        await Assert.That(good.ToString()).Contains("0.25").And.Contains("seen {'n': 4}");
        var bad = await platform.EsbAsync("invoke", "invoked", "--event", """{"n": 0}""");
        await Assert.That(bad.ExitCode).IsEqualTo(1);
        await Assert.That(bad.Output).Contains("ZeroDivisionError");
        // Called with an SDK that signs, as is required from another machine.
        await Assert.That(await platform.AskStoresAsync("""
            dry = l.invoke(FunctionName='invoked', InvocationType='DryRun')['StatusCode']
            later = l.invoke(FunctionName='invoked', InvocationType='Event', Payload='{"n": 1}')['StatusCode']
            try:
                l.invoke(FunctionName='nobody')
            except l.exceptions.ResourceNotFoundException as e:
                print(dry, later, type(e).__name__)
            """)).IsEqualTo("204 202 ResourceNotFoundException");
        using var unsigned = new StringContent("{}");
        await Assert.That(
            (await platform.Client.PostAsync("/2015-03-31/functions/invoked/invocations", unsigned)).StatusCode)
            .IsEqualTo(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task A_schedule_runs_and_every_line_reaches_VictoriaLogs_and_esb_logs()
    {
        const string Schedule = "        Tick:\n          Type: Schedule\n          Properties: { Schedule: "
            + "rate(1 minute), Input: '{\"mark\":\"tick-of-the-clock\"}' }\n";
        await platform.DeployAsync(platform.Write(
            "ticking", Templates.Function("ticking", "/ticking", more: Schedule), ("src/app.py", Templates.Handler(
                "print('got', event.get('mark', 'a request'))", "return {'statusCode': 200}"))));
        await platform.Client.GetStringAsync("/ticking");
        await Eventually.TrueAsync(async () => (await KeptAsync("got a request"))
            .Contains("ticking", StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => (await KeptAsync("tick-of-the-clock"))
            .Contains("ticking", StringComparison.Ordinal));
        using var line = JsonDocument.Parse((await KeptAsync("got tick-of-the-clock")).Split('\n')[0]);
        await Assert.That(line.RootElement.GetProperty("stream").GetString()).IsEqualTo("stdout");
        var logs = await platform.EsbAsync("logs", "ticking");
        await Assert.That(logs.Output).Contains("got a request").And.Contains("got tick-of-the-clock")
            .Because(logs.ToString());
        var status = await platform.EsbAsync("status");
        await Assert.That(status.Output).Contains("ticking").Because(status.ToString());
    }

    private Task<string> KeptAsync(string text) => platform.AskDockerAsync(
        "compose",
        "exec",
        "-T",
        "victorialogs",
        "curl",
        "-sS",
        "-G",
        "http://127.0.0.1:9428/select/logsql/query",
        "--data-urlencode",
        $"query={text}");
}
