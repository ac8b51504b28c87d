namespace Esb.Sam.Tests.Functions;

/// <summary>
/// In mappings that SAM itself reads, an unknown property is an error if SAM refuses it or if it may be a guard, and
/// otherwise a line of the receipt.
/// </summary>
internal sealed class ClosedPropertyTests
{
    [Test]
    [Arguments("Api", "ApiId: !Ref R")]
    [Arguments("Api", "Api: !Ref R")]
    [Arguments("Api", "ApiGatewayId: !Ref R")]
    [Arguments("Api", "Authorizer: Au")]
    [Arguments("Api", "Authorization: AWS_IAM")]
    [Arguments("Api", "AuthorizationType: AWS_IAM")]
    [Arguments("Api", "AuthorizerId: Au")]
    [Arguments("Api", "AuthorizationScopes: [a]")]
    [Arguments("Api", "ApiKeyRequired: true")]
    [Arguments("Api", "ResourcePolicy: { CustomStatements: [] }")]
    [Arguments("Api", "Policy: {}")]
    [Arguments("Api", "Security: []")]
    [Arguments("Api", "x-guard: true")]
    [Arguments("HttpApi", "RestApiId: !Ref R")]
    [Arguments("HttpApi", "HttpApiId: !Ref R")]
    [Arguments("HttpApi", "GatewayId: !Ref R")]
    [Arguments("HttpApi", "Authorizer: Au")]
    [Arguments("HttpApi", "AuthorizationScopes: [a]")]
    [Arguments("HttpApi", "ApiKeyRequired: true")]
    [Arguments("HttpApi", "Cors: true")]
    public async Task A_route_is_not_served_without_a_guard_that_its_event_requires(string kind, string property) =>
        await Assert.That(Templates.Messages(Event(kind, $"Path: /a, Method: GET, {property}")))
            .Contains(m => m.Contains(
            $"error: F, event 'E': unknown property '{property[..property.IndexOf(':', StringComparison.Ordinal)]}'",
            StringComparison.Ordinal));

    [Test]
    [Arguments("Schedule", "Schedule: rate(1 day), Disabled: true", "Disabled")]
    [Arguments(
        "Schedule", "Schedule: rate(1 day), ScheduleExpressionTimezone: Asia/Tokyo", "ScheduleExpressionTimezone")]
    [Arguments("Schedule", "Schedule: rate(1 day), EndDate: '2030-01-01T00:00:00Z'", "EndDate")]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 day), Timezone: Asia/Tokyo", "Timezone")]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 day), Enabled: false", "Enabled")]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 day), Until: '2030-01-01T00:00:00Z'", "Until")]
    public async Task A_schedule_is_not_deployed_with_another_meaning(
        string kind,
        string properties,
        string property) =>
        await Assert.That(Templates.Messages(Event(kind, properties)))
            .Contains(m => m.Contains($"error: F, event 'E': unknown property '{property}'", StringComparison.Ordinal));

    [Test]
    [Arguments(
        "FunctionUrlConfig: { AuthType: NONE, AuthorizationType: AWS_IAM }",
        "FunctionUrlConfig: unknown property 'AuthorizationType'")]
    [Arguments(
        "FunctionUrlConfig: { AuthType: NONE, Authorizer: A }", "FunctionUrlConfig: unknown property 'Authorizer'")]
    [Arguments(
        "FunctionUrlConfig: { AuthType: NONE, Cors: { Origins: ['*'] } }",
        "FunctionUrlConfig, Cors: unknown property 'Origins'")]
    public async Task A_mapping_of_a_function_has_only_what_SAM_knows(string properties, string message) =>
        await Assert.That(Templates.Messages(Templates.FunctionWith(properties)))
            .Contains(m => m.Contains("error: F, " + message, StringComparison.Ordinal));

    [Test]
    [Arguments("EventInvokeConfig: { Retries: 0 }", "warning: F, EventInvokeConfig: unknown property 'Retries'")]
    [Arguments(
        "EventInvokeConfig: { DestinationConfig: { Always: {} } }",
        "warning: F, EventInvokeConfig, DestinationConfig: unknown property 'Always'")]
    [Arguments(
        "DeadLetterQueue: { Type: SQS, TargetArn: a, Queue: b }",
        "warning: F, DeadLetterQueue: unknown property 'Queue'")]
    [Arguments(
        "EventInvokeConfig: { MaximumRetryAttempt: 0 }",
        "error: F, EventInvokeConfig: unknown property 'MaximumRetryAttempt'; did you mean 'MaximumRetryAttempts'?")]
    public async Task A_property_that_SAM_ignores_is_a_line_and_a_misspelt_one_is_an_error(
        string properties,
        string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Templates.FunctionWith(properties)))).Contains(message);

    [Test]
    [Arguments("Api", "StageName: v1, Cors: { Origins: \"'*'\" }", "Cors: unknown property 'Origins'")]
    [Arguments(
        "Api",
        "StageName: v1, Auth: { UsagePlan: { CreateUsagePlan: PER_API, RateLimit: 3 } }",
        "unknown property 'RateLimit'")]
    [Arguments(
        "Api",
        "StageName: v1, Domain: { BasePath: a, ClientCertificate: x }",
        "Domain: unknown property 'ClientCertificate'")]
    [Arguments(
        "Api",
        "StageName: v1, Auth: { Authorizers: { A: { FunctionArn: !GetAtt F.Arn, Identity: { Cookies: [a] } } } }",
        "Identity: unknown property 'Cookies'")]
    [Arguments("HttpApi", "CorsConfiguration: { Everybody: true }", "CorsConfiguration: unknown property 'Everybody'")]
    [Arguments(
        "HttpApi",
        "Auth: { Authorizers: { A: { IdentitySource: $request.header.Authorization, JwtConfiguration: { "
            + "issuer: 'https://i', audience: [a], scopes: [b] } } } }",
        "JwtConfiguration: unknown property 'scopes'")]
    public async Task A_mapping_of_an_API_has_only_what_SAM_knows(string kind, string properties, string message) =>
        await Assert.That(Templates.Messages(Templates.FunctionWith("Timeout: 3")
            + $"  A: {{ Type: AWS::Serverless::{kind}, Properties: {{ {properties} }} }}\n")).Contains(
            m => m.Contains("error: A, ", StringComparison.Ordinal) && m.Contains(message, StringComparison.Ordinal));

    private static string Event(string kind, string properties) =>
        Templates.FunctionWith($"Events: {{ E: {{ Type: {kind}, Properties: {{ {properties} }} }} }}")
            + "  R: { Type: AWS::Serverless::Api, Properties: { StageName: v1 } }\n";
}
