using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Rules;

/// <summary>Values of the right kind that AWS does not accept: a valid one and an invalid one for each rule.</summary>
internal sealed class FormTests
{
    private const string Api = "      RestApiId: x\n";

    private const string HttpApi = "      ApiId: x\n";

    [Test]
    [Arguments("AWS::Serverless::Function", "MemorySize", "128", "127", "allowed: a whole number from 128 to 10240")]
    [Arguments("AWS::Serverless::Function", "Description", "short", "@257", "which has 257 characters; "
        + "allowed: text of at most 256 characters")]
    [Arguments("AWS::Serverless::Function", "Architectures", "[arm64]", "arm64", "'Architectures' must be a list, "
        + "but is text")]
    [Arguments("AWS::Serverless::Function", "Architectures", "[arm64]", "[arm64, x86_64]", "'Architectures' has 2 "
        + "entries; allowed: exactly 1")]
    [Arguments("AWS::Serverless::Function", "Architectures", "[x86_64]", "[]", "'Architectures' has 0 entries; "
        + "allowed: exactly 1")]
    [Arguments(
        "AWS::Serverless::Function", "EphemeralStorage", "{ Size: 512 }", "{}", "EphemeralStorage: 'Size' is missing")]
    [Arguments("AWS::Serverless::Function", "Layers", "[]", "layer", "'Layers' must be a list, but is text")]
    [Arguments("AWS::Serverless::Function", "AutoPublishAlias", "live", "'a b'", "'AutoPublishAlias' is 'a b'; "
        + "allowed: letters, digits")]
    [Arguments("AWS::Serverless::Function", "AutoPublishAlias", "v1", "123", "'AutoPublishAlias' is '123'")]
    [Arguments("AWS::Serverless::Function", "AutoPublishAlias", "v_1", "$LATEST", "'AutoPublishAlias' is '$LATEST'")]
    [Arguments("AWS::Serverless::Function", "AutoPublishAlias", "v-1", "''", "'AutoPublishAlias' is ''")]
    [Arguments("AWS::Serverless::Function", "AutoPublishAlias", "live", "\"a\\nb\"", "'AutoPublishAlias' is 'a")]
    [Arguments(
        "AWS::Serverless::Function",
        "DeadLetterQueue",
        "{ Type: SQS, TargetArn: a }",
        "{ TargetArn: a }",
        "DeadLetterQueue: 'Type' is missing")]
    [Arguments(
        "AWS::Serverless::Function",
        "Environment",
        "{ Variables: { A: '' } }",
        "{ Variables: { A: } }",
        "'A' has no value; CloudFormation accepts no null")]
    [Arguments(
        "AWS::Serverless::Function",
        "Environment",
        "{ Variables: { A: b } }",
        "{ Variables: { A: !Equals [a, a] } }",
        "Fn::Equals belongs in Conditions")]
    [Arguments(
        "AWS::Serverless::Function",
        "FunctionUrlConfig",
        "{ AuthType: NONE, Cors: { AllowMethods: ['*'] } }",
        "{ AuthType: NONE, Cors: { AllowMethods: [OPTIONS] } }",
        "'AllowMethods' is 'OPTIONS'")]
    [Arguments(
        "AWS::Serverless::Function",
        "FunctionUrlConfig",
        "{ AuthType: NONE, Cors: { AllowHeaders: [x-a] } }",
        "{ AuthType: NONE, Cors: { AllowHeaders: ['a b'] } }",
        "allowed: the name of a header")]
    [Arguments("AWS::Serverless::LayerVersion", "CompatibleRuntimes", "[python3.12]", "[python3.5]", "'python3.5' is "
        + "not a runtime")]
    [Arguments("AWS::Lambda::Alias", "FunctionVersion", "$LATEST", "newest", "'FunctionVersion' is 'newest'; "
        + "allowed: $LATEST or a number")]
    [Arguments("AWS::Serverless::Api", "StageName", "v1", "a/b", "'StageName' is 'a/b'; allowed: letters, digits, "
        + "'-' and '_'")]
    [Arguments("AWS::Serverless::Api", "StageName", "v1", "''", "'StageName' is ''")]
    [Arguments("AWS::Serverless::HttpApi", "StageName", "$default", "\"a\\nb\"", "'StageName' is 'a")]
    [Arguments("AWS::Serverless::Api", "Variables", "{ a_1: b }", "{ a-1: b }", "the name 'a-1' is not valid; "
        + "allowed: letters, digits and '_'")]
    [Arguments("AWS::Serverless::HttpApi", "StageVariables", "{ a: 'b.c/d' }", "{ a: 'b c' }", "'a' is 'b c'; "
        + "allowed: letters, digits and")]
    [Arguments("AWS::Serverless::Api", "BinaryMediaTypes", "['image/png']", "image/png", "'BinaryMediaTypes' must be a "
        + "list, but is text")]
    [Arguments(
        "AWS::Serverless::Api",
        "Domain",
        "{ DomainName: x.org, CertificateArn: a, BasePath: v1 }",
        "{ DomainName: x.org, CertificateArn: a, BasePath: 1 }",
        "'BasePath' must be text, but is a number")]
    [Arguments(
        "AWS::Serverless::Api", "Cors", "\"'*'\"", "true", "'Cors' is true; allowed: an origin in single quotes")]
    [Arguments("AWS::Serverless::Api", "Cors", "{ AllowOrigin: \"'*'\" }", "{ AllowOrigin: \"''\" }", "'AllowOrigin' "
        + "is empty")]
    [Arguments(
        "AWS::Serverless::Api",
        "Auth",
        "{ UsagePlan: { CreateUsagePlan: NONE } }",
        "{ UsagePlan: {} }",
        "UsagePlan: 'CreateUsagePlan' is missing")]
    [Arguments(
        "AWS::Serverless::Api",
        "Auth",
        "{ Authorizers: { A: { FunctionArn: f, Identity: { ValidationExpression: '[a-z]+' } } } }",
        "{ Authorizers: { A: { FunctionArn: f, Identity: { ValidationExpression: '[' } } } }",
        "'ValidationExpression' cannot be used")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "CorsConfiguration",
        "{ AllowMethods: [GET] }",
        "{ AllowMethods: [FOO] }",
        "'AllowMethods' is 'FOO'")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "CorsConfiguration",
        "{ AllowHeaders: [x-a] }",
        "{ AllowHeaders: ['a b'] }",
        "'AllowHeaders' is 'a b'")]
    [Arguments(
        "AWS::Serverless::SimpleTable",
        "PrimaryKey",
        "{ Name: id, Type: String }",
        "{ Name: id }",
        "PrimaryKey: 'Type' is missing")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration",
        "{ Rules: [{ Status: Enabled, ExpirationInDays: 1 }] }",
        "{ Rules: [{ Status: Enabled, ExpirationInDays: many }] }",
        "'ExpirationInDays' is 'many'")]
    [Arguments(
        "AWS::S3::Bucket",
        "LifecycleConfiguration",
        "{ Rules: [{ Status: Disabled }] }",
        "{ Rules: [{ Status: 'On' }] }",
        "allowed: Enabled or Disabled")]
    [Arguments(
        "AWS::S3::Bucket",
        "BucketEncryption",
        "{ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }] }",
        "{ ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES } }] }",
        "'SSEAlgorithm' is 'AES'")]
    [Arguments("AWS::S3::Bucket", "Tags", "[{ Key: a, Value: b }]", "[{ Key: a }]", "'Value' is missing")]
    public async Task The_right_value_passes_and_the_wrong_one_is_an_error_with_its_place(
        string type,
        string property,
        string right,
        string wrong,
        string message)
    {
        await Assert.That(Errors(type, property, right, message)).IsEmpty();
        await Assert.That(string.Join('\n', Errors(type, property, wrong, message))).Contains(message);
    }

    [Test]
    [Arguments(
        "AWS::ApiGateway::Authorizer", Api, "IdentitySource", "method.request.header.A, context.path", "header.A")]
    [Arguments("AWS::ApiGateway::Authorizer", Api, "IdentityValidationExpression", "a+", "(")]
    [Arguments("AWS::ApiGateway::Stage", Api, "StageName", "prod", "a b")]
    [Arguments(
        "AWS::ApiGateway::UsagePlan",
        "",
        "ApiStages",
        "[{ ApiId: x, Stage: s, Throttle: { /GET: { RateLimit: 1 } } }]",
        "[{ ApiId: x, Stage: s, Throttle: { /GET: { RateLimit: fast } } }]")]
    [Arguments("AWS::ApiGatewayV2::Authorizer", HttpApi, "IdentitySource", "[$request.header.A]", "[header.A]")]
    [Arguments(
        "AWS::ApiGatewayV2::Integration",
        HttpApi,
        "ResponseParameters",
        "{ '200': { ResponseParameters: [{ Destination: a, Source: b }] } }",
        "{ '200': [x] }")]
    [Arguments("AWS::Events::Rule", "", "Targets", "[{ Arn: f, Id: a }]", "[{ Arn: f, Id: 'a b' }]")]
    public async Task Resources_of_CloudFormation_are_checked_as_strictly(
        string type,
        string others,
        string property,
        string right,
        string wrong)
    {
        await Assert.That(Errors(type, property, right, property, others)).IsEmpty();
        await Assert.That(Errors(type, property, wrong, "", others)).IsNotEmpty();
    }

    [Test]
    [Arguments("Runtime: python3.99", "Runtime", "this version does not know the runtime 'python3.99'")]
    [Arguments("ImageConfig: { Command: [a] }", "ImageConfig", "the function is not an image")]
    [Arguments(
        "EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS, "
            + "Destination: 'arn:aws:lambda:us-east-1:000000000000:function:F' } } }",
        "EventInvokeConfig.DestinationConfig.OnFailure.Type",
        "it is SQS, but 'F' is a function")]
    [Arguments("InlineCode: x", "CodeUri", "InlineCode is used instead")]
    public async Task What_aws_may_accept_and_has_no_effect_here_is_a_line_that_strict_refuses(
        string properties,
        string property,
        string reason)
    {
        var code = properties.StartsWith("Runtime", StringComparison.Ordinal)
            ? "CodeUri: src, Handler: app.handler"
            : Templates.Code;
        var text =
            $"Resources: {{ F: {{ Type: AWS::Serverless::Function, Properties: {{ {code}, {properties} }} }} }}\n";
        var line = Templates.Read(text).Receipt.Single(l => l.Property == property && l.Outcome == Outcome.Ignored);
        await Assert.That(line.Reason).Contains(reason);
    }

    [Test]
    [Arguments("{ MaxAge: \"'x'\" }", "Cors.MaxAge")]
    [Arguments("{ MaxAge: \"'-1'\" }", "Cors.MaxAge")]
    [Arguments("{ MaxAge: \"'86401'\" }", "Cors.MaxAge")]
    [Arguments("{ AllowCredentials: x }", "Cors.AllowCredentials")]
    [Arguments("{ AllowMethods: \"'GET,FOO'\" }", "Cors.AllowMethods")]
    [Arguments("{ AllowOrigin: \"'a b'\" }", "Cors.AllowOrigin")]
    [Arguments("{ AllowOrigin: \"'zz'\" }", "Cors.AllowOrigin")]
    [Arguments("\"'zz'\"", "Cors")]
    [Arguments("\"'https://a.example,b.example'\"", "Cors")]
    public async Task A_cors_header_that_means_nothing_to_browsers_is_a_line(string cors, string property)
    {
        var text =
            $"Resources: {{ A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, Cors: {cors} }} }} }}\n";
        await Assert.That(Templates.Read(text)
            .Receipt.Count(l => l.Property == property && l.Outcome == Outcome.Ignored)).IsEqualTo(1);
    }

    [Test]
    [Arguments("https://a.example", "A: 'Cors' is 'https://a.example'")]
    [Arguments("'*'", "A: 'Cors' is '*'")]
    [Arguments("{ AllowOrigin: https://a.example }", "A, Cors: 'AllowOrigin' is 'https://a.example'")]
    [Arguments("{ AllowOrigin: '\"*\"' }", "A, Cors: 'AllowOrigin' is '\"*\"'")]
    [Arguments("{ AllowHeaders: 'x-a,x-b' }", "A, Cors: 'AllowHeaders' is 'x-a,x-b'")]
    [Arguments("{ AllowMethods: 'GET, POST' }", "A, Cors: 'AllowMethods' is 'GET, POST'")]
    public async Task A_cors_header_without_single_quotes_is_an_error(string cors, string message) =>
        await Assert.That(Templates.Message(
            $"Resources: {{ A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, Cors: {cors} }} }} }}\n"))
            .Contains($"error: {message}, which API Gateway refuses");

    [Test]
    [Arguments("{ AllowHeaders: \"'x-a'\" }", "*")]
    [Arguments("{ AllowOrigin: \"'https://a'\", AllowHeaders: \"'x-a'\" }", "https://a")]
    [Arguments("{}", "none")]
    [Arguments("''", "none")]
    public async Task A_missing_origin_means_every_origin(string cors, string origin)
    {
        var text = $"Resources:\n  A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, Cors: {cors} }} }}\n"
            + $"  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, Events: {{ E: {{ Type: Api, "
            + "Properties: { Path: /x, Method: get, RestApiId: !Ref A } } } } }\n";
        var rules = Templates.Read(text).Routes.Single().Cors;
        await Assert.That(rules is null ? "none" : $"{((YamlSequence)rules["allow_origins"]!).Items.Single()}")
            .IsEqualTo(origin);
    }

    [Test]
    [Arguments("''", "A: Cors is left out: it is empty")]
    [Arguments("{ MaxAge: 600 }", "A, Cors: 'MaxAge' is 600, which API Gateway may refuse")]
    [Arguments(
        "{ AllowMethods: integration.response.header.m }",
        "A: Cors.AllowMethods is left out: it names the place of a value")]
    public async Task A_value_that_API_Gateway_may_accept_is_a_warning(string cors, string message) =>
        await Assert.That(Templates.Message(
            $"Resources: {{ A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, Cors: {cors} }} }} }}\n"))
            .Contains($"warning: {message}");

    [Test]
    [Arguments("\"'*'\"")]
    [Arguments("\"'null'\"")]
    [Arguments("\"'https://a.example,http://localhost:3000'\"")]
    [Arguments("{ AllowOrigin: \"'capacitor://localhost'\" }")]
    public async Task A_valid_origin_of_a_REST_API_is_not_a_line(string cors) =>
        await Assert.That(string.Join('\n', Templates.Messages(
            $"Resources: {{ A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, Cors: {cors} }} }} }}\n",
            new SamOptions { Strict = true }))).IsEqualTo("");

    [Test]
    [Arguments(
        "ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }",
        "'ProvisionedConcurrencyConfig' needs 'AutoPublishAlias'")]
    [Arguments(
        "AutoPublishAlias: live, ProvisionedConcurrencyConfig: {}", "'ProvisionedConcurrentExecutions' is missing")]
    [Arguments(
        "Events: { E: { Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: true, State: ENABLED } } }",
        "both 'Enabled' and 'State' are given")]
    [Arguments(
        "Events: { E: { Type: Api, Properties: { Path: /a, Method: get, Auth: { OverrideApiAuth: true } } } }",
        "'OverrideApiAuth' does not say what replaces")]
    public async Task Settings_that_contradict_each_other_are_errors(string properties, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Templates.FunctionWith(properties)))).Contains(message);

    [Test]
    [Arguments("Handler: \"app\\nhandler\", Runtime: python3.12", "'Handler' is 'app")]
    [Arguments("Handler: app.handler, Runtime: python3.5", "'python3.5' is not a runtime")]
    [Arguments("Handler: app.handler, Runtime: nodejs22", "'nodejs22' is not a runtime; did you mean 'nodejs22.x'?")]
    public async Task An_invalid_handler_or_runtime_is_one_error(string properties, string message) =>
        await Assert.That(Templates.Message($"Resources: {{ F: {{ Type: AWS::Serverless::Function, "
            + $"Properties: {{ CodeUri: src, {properties} }} }} }}\n")).Contains(message);

    [Test]
    [Arguments("Identity: { Headers: [A] }", 0)]
    [Arguments("Identity: { ReauthorizeEvery: 0 }", 0)]
    [Arguments("Identity: {}", 1)]
    [Arguments("Identity: { Headers: [] }", 1)]
    public async Task A_REQUEST_authorizer_names_the_parts_of_the_request(string identity, int errors)
    {
        var text = $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}\n  "
            + $"A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, Auth: {{ Authorizers: {{ "
            + $"L: {{ FunctionArn: !GetAtt F.Arn, FunctionPayloadType: REQUEST, {identity} }} }} }} }} }}\n";
        await Assert.That(Templates.Messages(text).Count(
            m => m.Contains("its Identity names no part of the request", StringComparison.Ordinal))).IsEqualTo(errors);
    }

    private static List<string> Errors(string type, string property, string value, string about, string others = "")
    {
        value = value.StartsWith('@')
            ? new string('a', int.Parse(value[1..], System.Globalization.CultureInfo.InvariantCulture))
            : value;
        var diagnostics = new DiagnosticBag();
        SamTemplate.Read(
            $"Resources:\n  X:\n    Type: {type}\n    Properties:\n      {property}: {value}\n{others}",
            "t.yaml",
            new SamOptions(),
            diagnostics);
        return [.. diagnostics.Where(d => d.Severity == Severity.Error && d.Line == 5 && (about.Length == 0
            || d.Message.Contains(property, StringComparison.Ordinal)
            || d.ToString().Contains(about, StringComparison.Ordinal))).Select(d => d.ToString())];
    }
}
