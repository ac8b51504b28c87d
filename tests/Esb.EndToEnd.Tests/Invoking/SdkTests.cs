using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Invoking;

/// <summary>AWS's own clients against the Lambda API.</summary>
[ClassDataSource<HandWrittenPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class SdkTests(HandWrittenPlatform shared)
{
    private string Endpoint => $"http://127.0.0.1:{shared.Platform.GatewayPort}";

    [Test]
    public async Task The_SDK_for_JavaScript_invokes_streams_and_lists_and_throws_its_own_errors()
    {
        var folder = Path.Combine(shared.Folder, "javascript");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Path.Combine(
            Binaries.Repository, "tests/Esb.EndToEnd.Tests/Invoking/javascript")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        await RunAsync("npm", "ci", "--prefix", folder, "--no-audit", "--no-fund");
        using var document = JsonDocument.Parse(
            await RunAsync("node", Path.Combine(folder, "sdk.mjs"), Endpoint, Path.Combine(folder, "go-on")));
        var seen = document.RootElement;
        await Assert.That(seen.GetProperty("answer").GetProperty("n").GetInt32()).IsEqualTo(1);
        await Assert.That(seen.GetProperty("answer").GetProperty("who").GetString()).IsEqualTo("jürgen");
        await Assert.That(seen.GetProperty("answer").GetProperty("trace").GetString()!).StartsWith("Root=1-");
        await Assert.That(seen.GetProperty("log").GetString()!).Contains("seen 1").And.Contains("REPORT RequestId:");
        (string Name, string Value)[] expected =
        [
            ("version", "\"$LATEST\""), ("alias", "200"), ("arn", "200"), ("dryRun", "204"), ("event", "202"),
            ("failed", """["Unhandled","as asked"]"""),
            ("missing", "\"ResourceNotFoundException 404\""), ("qualifier", "\"ResourceNotFoundException 404\""),
            ("stopped", "\"TooManyRequestsException 429 ReservedFunctionConcurrentInvocationLimitExceeded\""),
            ("notJson", "\"InvalidRequestContentException 400\""), ("tooLarge", "\"RequestTooLargeException 413\""),
            ("list", """["echo","echo-told","stopped","streams","timed","together"]"""), ("page", """[1,"echo"]"""),
            ("function", """["python3.11",192,"Active",0]"""), ("timeout", "20"), ("stream", "\"first|second\""),
            ("complete", "{}"), ("broken", "\"RangeError\""),
        ];
        foreach (var (name, value) in expected)
            await Assert.That($"{name}: {seen.GetProperty(name).GetRawText()}").IsEqualTo($"{name}: {value}");
    }

    [Test]
    public async Task Boto3_is_admitted_with_the_key_of_the_platform_and_refused_with_a_wrong_secret()
    {
        const string Script =
            """
            import boto3, json, sys
            def client(key, secret):
                return boto3.client('lambda', endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id=key, aws_secret_access_key=secret)
            right = client(sys.argv[2], sys.argv[3])
            answer = json.load(right.invoke(FunctionName='arn:aws:lambda:us-east-1:000000000000:function:echo:live', Payload='{"n": 5}')['Payload'])
            listed = [f['FunctionName'] for f in right.list_functions(MaxItems=2, FunctionVersion='ALL')['Functions']]
            try:
                client(sys.argv[2], sys.argv[3] + 'x').invoke(FunctionName='echo')
                wrong = 'none'
            except Exception as e:
                wrong = e.response['Error']['Code']
            print(json.dumps([answer['n'], listed, wrong]))
            """;
        var (key, secret) = await CredentialsAsync();
        var said = await RunAsync("/usr/bin/python3", "-c", Script, Endpoint, key, secret);
        await Assert.That(said.Trim()).IsEqualTo("""[5, ["echo", "echo-told"], "InvalidSignatureException"]""");
    }

    [Test]
    public async Task The_AWS_CLI_invokes_a_function_and_describes_it()
    {
        await Assert.That(File.Exists("/usr/bin/aws")).IsTrue()
            .Because("scripts/install-dependencies.sh --tests installs awscli");
        var answer = Path.Combine(shared.Folder, "aws-answer");
        var invoked = await RunAsync(
            "/usr/bin/aws",
            "lambda",
            "invoke",
            "--endpoint-url",
            Endpoint,
            "--function-name",
            "echo",
            "--cli-binary-format",
            "raw-in-base64-out",
            "--payload",
            """{"n":6}""",
            "--log-type",
            "Tail",
            answer);
        await Assert.That(invoked).Contains("\"StatusCode\": 200").And.Contains("LogResult");
        await Assert.That(await File.ReadAllTextAsync(answer)).Contains("\"n\": 6");
        await Assert.That(await RunAsync(
            "/usr/bin/aws", "lambda", "get-function", "--endpoint-url", Endpoint, "--function-name", "echo"))
            .Contains("\"FunctionName\": \"echo\"");
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = "any",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        var result = await shared.Platform.RunAsync(program, environment, arguments);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{program}: {result}");
    }

    // The credentials that the platform gave to its gateway are in the environment of its process, which only its owner
    // can read.
    private async Task<(string Key, string Secret)> CredentialsAsync()
    {
        var gateway = PlatformProcesses.Of(shared.Platform).First(p => p.Name == "esb-gateway").Pid;
        var variables = (await File.ReadAllTextAsync($"/proc/{gateway}/environ")).Split('\0').Select(
            v => v.Split('=', 2)).Where(v => v.Length == 2).ToDictionary(v => v[0], v => v[1]);
        return (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"]);
    }
}
