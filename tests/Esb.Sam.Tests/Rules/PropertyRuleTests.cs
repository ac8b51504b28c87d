using Esb.Sam.Receipts;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Rules;

/// <summary>No value of a property is silently wrong: it is an error, or a line of the receipt.</summary>
internal sealed class PropertyRuleTests
{
    // Line 5 has the value; missing properties of the type are reported on other lines.
    private const int Line = 5;

    public static IEnumerable<Func<(string Type, string Property)>> Properties() =>
        from type in KnownProperties.Types
        let known = KnownProperties.For(type)!
        from property in known.Names
        where known.IsRead(property)
        select (Func<(string, string)>)(() => (type, property));

    [Test]
    [MethodDataSource(nameof(Properties))]
    public async Task Every_property_of_the_catalogue_that_is_read_has_a_rule_for_its_value(
        string type,
        string property)
    {
        await Assert.That(PropertyRules.For(type, property)).IsNotNull();
        string[] wrong = ["{ Nonsense: [x] }", "[[x]]", "no such value"];
        // Each value has one form, or two at most.
        await Assert.That(wrong.Count(value => Told(type, property, value).Count > 0)).IsGreaterThanOrEqualTo(2);
    }

    [Test]
    [MethodDataSource(nameof(Properties))]
    public async Task A_value_that_is_not_given_is_never_wrong(string type, string property)
    {
        // SAM accepts no function around these.
        var isRefused = type.StartsWith("AWS::Serverless::", StringComparison.Ordinal)
            && property is "Auth" or "DefinitionUri" or "Domain" or "Events" or "FunctionUrlConfig";
        await Assert.That(Told(type, property, "!Ref AWS::NoValue").Where(
            d => !(isRefused && d.Message.Contains("is a function, which SAM refuses", StringComparison.Ordinal))))
            .IsEmpty();
    }

    [Test]
    [Arguments("AWS::Serverless::Function", "Timeout", "0", "allowed: a whole number from 1 to 900")]
    [Arguments("AWS::Serverless::Function", "Timeout", "901", "allowed: a whole number from 1 to 900")]
    [Arguments("AWS::Serverless::Function", "MemorySize", "10241", "allowed: a whole number from 128 to 10240")]
    [Arguments(
        "AWS::Serverless::Function",
        "EphemeralStorage",
        "{ Size: 511 }",
        "allowed: a whole number from 512 to 10240")]
    [Arguments("AWS::Serverless::Function", "EphemeralStorage", "{ size: 512 }", "did you mean 'Size'?")]
    [Arguments(
        "AWS::Serverless::Function", "ReservedConcurrentExecutions", "-1", "allowed: a whole number from 0 to 1000")]
    [Arguments("AWS::Serverless::Function", "Architectures", "[x86]", "allowed: x86_64 or arm64")]
    [Arguments("AWS::Serverless::Function", "Architectures", "[arm]", "allowed: x86_64 or arm64")]
    [Arguments("AWS::Serverless::Function", "Environment", "{ Variabels: { A: b } }", "did you mean 'Variables'?")]
    [Arguments(
        "AWS::Serverless::Function",
        "Environment",
        "{ Variables: { A: { b: c } } }",
        "'A' must be text, but is a mapping")]
    [Arguments("AWS::Serverless::Function", "FunctionUrlConfig", "{ AuthType: IAM }", "allowed: NONE or AWS_IAM")]
    [Arguments(
        "AWS::Serverless::Function",
        "FunctionUrlConfig",
        "{ AuthType: NONE, InvokeMode: STREAM }",
        "allowed: BUFFERED or RESPONSE_STREAM")]
    [Arguments(
        "AWS::Serverless::Function",
        "FunctionUrlConfig",
        "{ AuthType: NONE, Cors: { MaxAge: week } }",
        "allowed: a whole number from 0 to 86400")]
    [Arguments(
        "AWS::Serverless::Function",
        "EventInvokeConfig",
        "{ MaximumRetryAttempts: 3 }",
        "allowed: a whole number from 0 to 2")]
    [Arguments(
        "AWS::Serverless::Function",
        "EventInvokeConfig",
        "{ MaximumEventAgeInSeconds: 59 }",
        "allowed: a whole number from 60 to 21600")]
    [Arguments(
        "AWS::Serverless::Function",
        "EventInvokeConfig",
        "{ DestinationConfig: { OnFailure: { Type: Mail } } }",
        "'Type' is 'Mail'")]
    [Arguments(
        "AWS::Serverless::Function", "DeadLetterQueue", "{ Type: Kinesis, TargetArn: a }", "'Type' is 'Kinesis'")]
    [Arguments(
        "AWS::Serverless::Function",
        "ProvisionedConcurrencyConfig",
        "{ ProvisionedConcurrentExecutions: 0 }",
        "allowed: a whole number from 1 to 1000")]
    [Arguments("AWS::Serverless::Function", "PackageType", "Tar", "allowed: Zip or Image")]
    [Arguments(
        "AWS::Serverless::SimpleTable",
        "PrimaryKey",
        "{ Name: id, Type: Text }",
        "allowed: String, Number or Binary")]
    [Arguments(
        "AWS::Serverless::SimpleTable",
        "ProvisionedThroughput",
        "{ ReadCapacityUnits: 0 }",
        "'ReadCapacityUnits' is '0'")]
    [Arguments("AWS::DynamoDB::Table", "BillingMode", "ON_DEMAND", "allowed: PROVISIONED or PAY_PER_REQUEST")]
    [Arguments(
        "AWS::DynamoDB::Table",
        "AttributeDefinitions",
        "[{ AttributeName: id, AttributeType: String }]",
        "allowed: S, N or B")]
    [Arguments(
        "AWS::DynamoDB::Table", "KeySchema", "[{ AttributeName: id, KeyType: SORT }]", "allowed: HASH or RANGE")]
    [Arguments("AWS::DynamoDB::Table", "StreamSpecification", "{ StreamViewType: NEW }", "'StreamViewType' is 'NEW'")]
    [Arguments(
        "AWS::DynamoDB::Table",
        "TimeToLiveSpecification",
        "{ AttributeName: t, Enabled: maybe }",
        "allowed: true or false")]
    [Arguments(
        "AWS::DynamoDB::Table",
        "GlobalSecondaryIndexes",
        "[{ IndexName: a, Projection: { ProjectionType: SOME } }]",
        "allowed: ALL, KEYS_ONLY or INCLUDE")]
    [Arguments("AWS::S3::Bucket", "VersioningConfiguration", "{ Status: 'On' }", "allowed: Enabled or Suspended")]
    [Arguments(
        "AWS::S3::Bucket", "CorsConfiguration", "{ CorsRules: [{ AllowedMethods: [GETT] }] }", "did you mean 'GET'?")]
    [Arguments(
        "AWS::S3::Bucket", "PublicAccessBlockConfiguration", "{ BlockPublicAcls: 2 }", "allowed: true or false")]
    [Arguments("AWS::Serverless::Api", "Auth", "{ ApiKeyRequierd: true }", "did you mean 'ApiKeyRequired'?")]
    [Arguments(
        "AWS::Serverless::Api",
        "Auth",
        "{ Authorizers: { A: { FunctionArn: f, FunctionPayloadType: BODY } } }",
        "allowed: TOKEN or REQUEST")]
    [Arguments(
        "AWS::Serverless::Api",
        "Auth",
        "{ Authorizers: { A: { FunctionArn: f, Identity: { ReauthorizeEvery: 3601 } } } }",
        "allowed: a whole number from 0 to 3600")]
    [Arguments(
        "AWS::Serverless::Api",
        "Auth",
        "{ UsagePlan: { CreateUsagePlan: PER_KEY } }",
        "'CreateUsagePlan' is 'PER_KEY'")]
    [Arguments("AWS::Serverless::Api", "Cors", "{ AllowOrigins: \"'*'\" }", "did you mean 'AllowOrigin'?")]
    [Arguments("AWS::Serverless::Api", "MergeDefinitions", "perhaps", "allowed: true or false")]
    [Arguments(
        "AWS::Serverless::HttpApi", "CorsConfiguration", "{ AllowOrigin: ['*'] }", "did you mean 'AllowOrigins'?")]
    [Arguments("AWS::Serverless::HttpApi", "CorsConfiguration", "maybe", "allowed: true or false")]
    [Arguments(
        "AWS::Serverless::HttpApi",
        "Auth",
        "{ Authorizers: { A: { FunctionArn: f, AuthorizerPayloadFormatVersion: 3.0 } } }",
        "allowed: 1.0 or 2.0")]
    [Arguments("AWS::Events::Rule", "State", "RUNNING", "'State' is 'RUNNING'")]
    [Arguments(
        "AWS::Events::Rule",
        "Targets",
        "[{ Arn: f, RetryPolicy: { MaximumRetryAttempts: 186 } }]",
        "allowed: a whole number from 0 to 185")]
    [Arguments("AWS::Scheduler::Schedule", "State", "PAUSED", "allowed: ENABLED or DISABLED")]
    [Arguments("AWS::ApiGateway::Method", "HttpMethod", "GETT", "did you mean 'GET'?")]
    [Arguments("AWS::ApiGateway::Method", "AuthorizationType", "JWT", "'AuthorizationType' is 'JWT'")]
    [Arguments("AWS::ApiGateway::Method", "Integration", "{ Type: LAMBDA }", "'Type' is 'LAMBDA'")]
    [Arguments(
        "AWS::ApiGateway::Authorizer",
        "AuthorizerResultTtlInSeconds",
        "4000",
        "allowed: a whole number from 0 to 3600")]
    [Arguments("AWS::ApiGateway::UsagePlan", "Quota", "{ Limit: 5, Period: YEAR }", "allowed: DAY, WEEK or MONTH")]
    [Arguments(
        "AWS::ApiGateway::UsagePlan", "Throttle", "{ RateLimit: fast }", "allowed: a number that is not below 0")]
    [Arguments("AWS::ApiGateway::ApiKey", "Enabled", "sure", "allowed: true or false")]
    [Arguments("AWS::ApiGatewayV2::Api", "ProtocolType", "REST", "allowed: HTTP or WEBSOCKET")]
    [Arguments("AWS::ApiGatewayV2::Integration", "PayloadFormatVersion", "'2'", "'PayloadFormatVersion' is '2'")]
    [Arguments("AWS::ApiGatewayV2::Route", "AuthorizationType", "COGNITO", "'AuthorizationType' is 'COGNITO'")]
    public async Task A_value_that_aws_would_refuse_is_an_error_with_what_is_allowed(
        string type,
        string property,
        string value,
        string message)
    {
        var told = Told(type, property, value);
        await Assert.That(told.Count(d => d.Severity == Severity.Error && d.ToString()
            .Contains(message, StringComparison.Ordinal))).IsGreaterThanOrEqualTo(1).Because(string.Join('\n', told));
    }

    [Test]
    [Arguments(
        "Type: Api, Properties: { Path: /a, Method: get, RequestParameters: [method.request.header.X] }",
        "Events.E.RequestParameters")]
    [Arguments("Type: Api, Properties: { Path: /a, Method: get, TimeoutInMillis: 50 }", "Events.E.TimeoutInMillis")]
    [Arguments(
        "Type: Api, Properties: { Path: /a, Method: get, Auth: { ResourcePolicy: { CustomStatements: [] } } }",
        "Events.E.Auth.ResourcePolicy")]
    [Arguments(
        "Type: HttpApi, Properties: { Path: /a, Method: get, RouteSettings: { ThrottlingRateLimit: 1 } }",
        "Events.E.RouteSettings")]
    [Arguments(
        "Type: Schedule, Properties: { Schedule: rate(1 day), DeadLetterConfig: { Arn: a } }",
        "Events.E.DeadLetterConfig")]
    [Arguments(
        "Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), FlexibleTimeWindow: { Mode: 'OFF' } }",
        "Events.E.FlexibleTimeWindow")]
    public async Task A_property_of_an_event_without_effect_is_a_line_that_strict_refuses(string item, string line)
    {
        var text = Templates.FunctionWith($"Events: {{ E: {{ {item} }} }}");
        await Assert.That(Templates.Read(text).Receipt.Single(l => l.Property == line).Outcome)
            .IsEqualTo(Outcome.Ignored);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains($"error: F: {line} is ignored");
    }

    [Test]
    [Arguments(
        "Type: Api, Properties: { Path: /a, Method: GETT }", "F, event 'E': 'Method' is 'GETT'; did you mean 'GET'?")]
    [Arguments(
        "Type: HttpApi, Properties: { Path: /a, Method: get, PayloadFormatVersion: 3.0 }",
        "'PayloadFormatVersion' is '3.0'")]
    [Arguments("Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: 'on' }", "'Enabled' is 'on'")]
    [Arguments("Type: Schedule, Properties: { Schedule: rate(1 day), State: RUNNING }", "'State' is 'RUNNING'")]
    [Arguments("Type: Schedule, Properties: [a]", "F, event 'E': 'Properties' must be a mapping, but is a list")]
    [Arguments("Type: Schedule, Propertys: { Schedule: rate(1 day) }", "did you mean 'Properties'?")]
    public async Task A_wrong_value_of_an_event_is_an_error(string item, string message) =>
        await Assert.That(string.Join(
            '\n', Templates.Messages(Templates.FunctionWith($"Events: {{ E: {{ {item} }} }}")))).Contains(message);

    private static List<Diagnostic> Told(string type, string property, string value)
    {
        var diagnostics = new DiagnosticBag();
        // The events belong to a valid function.
        var others =
            property == "Events" ? "      CodeUri: src\n      Handler: app.handler\n      Runtime: python3.12\n" : "";
        SamTemplate.Read(
            $"Resources:\n  X:\n    Type: {type}\n    Properties:\n      {property}: {value}\n{others}",
            "t.yaml",
            new SamOptions(),
            diagnostics);
        return [.. diagnostics.Where(d => d.Line == Line && d.Code != DiagnosticCodes.MissingKey)];
    }
}
