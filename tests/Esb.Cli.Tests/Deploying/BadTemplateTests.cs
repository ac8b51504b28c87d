using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Deploying;

/// <summary>
/// What a deploy refuses, <c>esb validate</c> and a dry run refuse with the same message, and nothing is created.
/// </summary>
internal sealed class BadTemplateTests : IDisposable
{
    private const string Function = "F: { Type: AWS::Serverless::Function, Properties: { FunctionName: f, CodeUri: "
        + "src/, Handler: app.handler, Runtime: python3.12 } }";

    private readonly string _root = Directory.CreateTempSubdirectory("esb-bad-").FullName;

    public BadTemplateTests()
    {
        Directory.CreateDirectory(At(".git"));
        Write("src/app.py", "def handler(event, context): return {}\n");
        Write("web/index.js", "");
        Write("odd.zip", "no archive");
        Write("settings.env",
            $"ESB_STATE_DIR={_root}/state\nCONFIG_DIR={_root}/config\n"
                + "GATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\n");
    }

    [Test]
    [Arguments("CodeUri: src/", "CodeUri: none/", "there is no code at")]
    [Arguments("CodeUri: src/", "CodeUri: s3://bucket/key", "is on AWS")]
    [Arguments("CodeUri: src/", "CodeUri: odd.zip", "it is not a zip archive")]
    [Arguments("Handler: app.handler, ", "", "'Handler' is missing")]
    [Arguments("Handler: app.handler", "Handler: other.handler", "needs the file 'other.py'")]
    [Arguments("Handler: app.handler", "Handler: app", "'app' is not a handler of python3.12")]
    [Arguments("python3.12", "java21", "is not served in process mode")]
    public async Task A_function_that_cannot_be_deployed_is_refused_by_every_command(
        string text,
        string instead,
        string message) =>
        await RefusedAlikeAsync(Function.Replace(text, instead, StringComparison.Ordinal), message);

    [Test]
    [Arguments(
        "BillingMode: PAY_PER_REQUEST, KeySchema: [ { AttributeName: id, KeyType: HASH } ], AttributeDefinitions: "
            + "[ { AttributeName: other, AttributeType: S } ]", "'id' is a key and is not in AttributeDefinitions")]
    [Arguments(
        "KeySchema: [ { AttributeName: id, KeyType: HASH } ], AttributeDefinitions: [ { AttributeName: id, "
            + "AttributeType: S } ], BillingMode: PAY_PER_REQUEST, TimeToLiveSpecification: { Enabled: true }",
        "'AttributeName' is missing")]
    [Arguments(
        "BillingMode: PAY_PER_REQUEST, KeySchema: [ { AttributeName: id, KeyType: RANGE } ], AttributeDefinitions: "
            + "[ { AttributeName: id, AttributeType: S } ]", "'KeySchema' is RANGE; allowed: one HASH key")]
    public async Task A_table_that_cannot_be_created_is_refused_by_every_command(string properties, string message) =>
        await RefusedAlikeAsync(
            $"{Function}\n  T: {{ Type: AWS::DynamoDB::Table, Properties: {{ TableName: orders, {properties} }} }}",
            message);

    [Test]
    [Arguments("BucketName: 1.2.3.4", "is not a bucket name")]
    [Arguments("BucketName: a..b", "is not a bucket name")]
    [Arguments(
        "BucketName: files, CorsConfiguration: { CorsRules: [ { AllowedMethods: [GET] } ] }",
        "'AllowedOrigins' is missing")]
    [Arguments(
        "BucketName: files, LifecycleConfiguration: { Rules: [ { ExpirationInDays: 3 } ] }", "'Status' is missing")]
    [Arguments(
        "BucketName: files, LifecycleConfiguration: { Rules: [ { Status: Enabled, ExpirationInDays: 0 } ] }",
        "'ExpirationInDays' is '0'")]
    [Arguments(
        "BucketName: files, LifecycleConfiguration: { Rules: [ { Status: Enabled, ExpirationInDays: 3, Filter: "
            + "{ Prefix: logs/ } } ] }", "the key 'Filter' is not read")]
    [Arguments(
        "BucketName: files, LifecycleConfiguration: { Rules: [ { Status: Enabled, ExpirationInDays: 3, TagFilter: "
            + "[ { Key: a, Value: b } ] } ] }", "unknown property 'TagFilter'")]
    public async Task A_bucket_that_cannot_be_created_is_refused_by_every_command(string properties, string message) =>
        await RefusedAlikeAsync(
            $"{Function}\n  B: {{ Type: AWS::S3::Bucket, Properties: {{ {properties} }} }}", message);

    [Test]
    [Arguments("Throttle: { RateLimit: 0, BurstLimit: 1 }", "'rate' is '0'")]
    [Arguments("Quota: { Period: DAY }", "'Limit' is missing")]
    public async Task A_usage_plan_that_no_gateway_accepts_is_refused_by_every_command(string plan, string message) =>
        await RefusedAlikeAsync(
            $$"""
            {{Function.Replace("Runtime:", "Events: { Get: { Type: Api, Properties: { Path: /a, Method: GET, RestApiId: !Ref A } } }, Runtime:", StringComparison.Ordinal)}}
              A: { Type: AWS::Serverless::Api, Properties: { StageName: v1, Auth: { ApiKeyRequired: true } } }
              K: { Type: AWS::ApiGateway::ApiKey, Properties: { Name: partner, Value: 0123456789abcdefghij, Enabled: true } }
              P: { Type: AWS::ApiGateway::UsagePlan, Properties: { {{plan}}, ApiStages: [ { ApiId: !Ref A, Stage: v1 } ] } }
              J: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref K, KeyType: API_KEY, UsagePlanId: !Ref P } }
            """,
            message);

    [Test]
    public async Task A_template_that_can_be_deployed_is_valid_also_with_files_from_a_layer()
    {
        Write("layer/python/other.py", "def handler(event, context): return 1\n");
        Write("template.yaml", $"""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              {Function.Replace("app.handler", "other.handler, Layers: [ !Ref L ]", StringComparison.Ordinal)}
              L: {"{"} Type: AWS::Serverless::LayerVersion, Properties: {"{"} LayerName: l, ContentUri: layer/ {"}"} {"}"}
            """);
        foreach (var command in Commands())
            await Assert.That((await EsbAsync(command)).Code).IsEqualTo(0).Because(string.Join(' ', command));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string[][] Commands() =>
    [
        ["validate", "-t", At("template.yaml")],
        ["deploy", "-t", At("template.yaml"), "--dry-run", "-o", At("out"), "--env-file", At("settings.env")],
        ["deploy", "-t", At("template.yaml"), "-o", At("out"), "--env-file", At("settings.env")],
    ];

    private async Task RefusedAlikeAsync(string resources, string message)
    {
        Write("template.yaml", $"Transform: AWS::Serverless-2016-10-31\nResources:\n  {resources}\n");
        List<string> errors = [];
        foreach (var command in Commands())
        {
            var (code, error) = await EsbAsync(command);
            await Assert.That(code).IsEqualTo(2).Because($"{string.Join(' ', command)}\n{error}");
            errors.Add(error.Split('\n').First(l => l.Contains("error: ", StringComparison.Ordinal)));
        }

        await Assert.That(errors[0]).Contains(message);
        await Assert.That(errors.Distinct().Count()).IsEqualTo(1).Because(string.Join('\n', errors));
        await Assert.That(Directory.GetFiles(_root, "*.yml", SearchOption.AllDirectories).Length).IsEqualTo(0);
        await Assert.That(Directory.Exists(At("out"))).IsFalse();
    }

    private static async Task<(int Code, string Error)> EsbAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            arguments, new Screen(output, error, ScreenTraits.Plain), CancellationToken.None);
        return (code, error.ToString());
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private string At(string path) => Path.Combine(_root, path);
}
