using Esb.Sam.Apis;
using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Functions;

internal sealed class EventTests
{
    [Test]
    [Arguments("Type: Api, Properties: { Path: /a, Method: get }", "GET /a 1.0")]
    [Arguments("Type: Api, Properties: { Path: '/a/{id}', Method: any }", "ANY /a/{id} 1.0")]
    [Arguments("Type: Api, Properties: { Path: '/{proxy+}', Method: ANY }", "ANY /{proxy+} 1.0")]
    [Arguments("Type: HttpApi, Properties: { Path: /a, Method: POST }", "POST /a 2.0")]
    [Arguments("Type: HttpApi, Properties: { Path: /a, Method: put, PayloadFormatVersion: '1.0' }", "PUT /a 1.0")]
    [Arguments("Type: HttpApi", "ANY $default 2.0")]
    public async Task An_api_event_is_a_route_with_its_payload(string @event, string expected) =>
        await Assert.That(RouteOf($"Events: {{ E: {{ {@event} }} }}") is var r
            ? $"{r.Method} {r.Path} {r.Payload}"
            : "").IsEqualTo(expected);

    [Test]
    [Arguments("Api")]
    [Arguments("HttpApi")]
    public async Task An_event_for_all_methods_is_written_ANY(string kind) => await Assert.That(string.Join('\n',
        Templates.Messages(Templates.FunctionWith(
            $"Events: {{ E: {{ Type: {kind}, Properties: {{ Path: /a, Method: '*' }} }} }}"))))
        .Contains("there is no method '*'; allowed: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, ANY");

    [Test]
    [Arguments("/*", "", "E", true)]
    [Arguments("/a", "", "E", true)]
    [Arguments("/*", "Auth: { Authorizer: AWS_IAM },", "E.Auth", true)]
    [Arguments("/*", "Auth: { OverrideApiAuth: true, Authorizer: NONE },", "E", false)]
    public async Task An_event_beside_a_definition_permits_calls_of_all_methods(
        string path,
        string auth,
        string line,
        bool isTaken)
    {
        var text = $$"""
            Resources:
              A: { Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionBody: { swagger: '2.0', paths: {
                  /a: { get: { x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: !Sub
                  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations' } } } } } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}}, Events: { E: { Type: Api,
                  Properties: { RestApiId: !Ref A, {{auth}} Path: '{{path}}', Method: '*' } } } } }
            """;
        if (!isTaken)
        {
            await Assert.That(Templates.Messages(text)).Contains(m => m.Contains("error: ", StringComparison.Ordinal));
            return;
        }

        var template = Templates.Read(text);
        await Assert.That(template.Routes.Single().Path).IsEqualTo("/a");
        await Assert.That(template.Receipt).Contains(l => l.Property == $"Events.{line}"
            && l.Outcome == (line == "E" ? Outcome.Approximated : Outcome.Ignored));
    }

    [Test]
    [Arguments(
        "Type: Schedule, Properties: { Schedule: rate(5 minutes), Input: '{\"a\":1}' }",
        "rate(5 minutes) {\"a\":1} True")]
    [Arguments(
        "Type: Schedule, Properties: { Schedule: 'cron(0 9 * * ? *)', Enabled: false }", "cron(0 9 * * ? *)  False")]
    [Arguments(
        "Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 hour), State: DISABLED }", "rate(1 hour)  False")]
    [Arguments("Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 hour) }", "rate(1 hour)  True")]
    public async Task A_schedule_event_becomes_a_schedule_of_the_function(string @event, string expected)
    {
        var schedule = Templates.Function(Templates.FunctionWith($"Events: {{ E: {{ {@event} }} }}"))
            .Schedules.Single();
        await Assert.That($"{schedule.Expression} {schedule.Input} {schedule.Enabled}").IsEqualTo(expected);
    }

    [Test]
    [Arguments("SQS")]
    [Arguments("SNS")]
    [Arguments("S3")]
    [Arguments("DynamoDB")]
    [Arguments("Kinesis")]
    [Arguments("EventBridgeRule")]
    [Arguments("CloudWatchEvent")]
    [Arguments("CloudWatchLogs")]
    [Arguments("Cognito")]
    [Arguments("IoTRule")]
    [Arguments("AlexaSkill")]
    [Arguments("MSK")]
    [Arguments("MQ")]
    [Arguments("SelfManagedKafka")]
    [Arguments("DocumentDB")]
    public async Task A_kind_of_event_that_is_not_served_is_a_warning_and_a_line_of_the_receipt(string kind)
    {
        var text = Templates.FunctionWith($"Events: {{ Feed: {{ Type: {kind}, Properties: {{ Queue: q }} }} }}");
        await Assert.That(Templates.Message(text)).Contains("warning: ").And.Contains("'Feed'")
            .And.Contains($"'{kind}'");
        await Assert.That(Templates.Read(text).Receipt)
            .Contains(l => l.Resource == "F" && l.Property == "Events.Feed" && l.Outcome == Outcome.Ignored);
    }

    [Test]
    [Arguments("Type: Api, Properties: { Method: get }", "F, event 'E': 'Path' is missing")]
    [Arguments("Type: Api, Properties: { Path: /a }", "F, event 'E': 'Method' is missing")]
    [Arguments("Type: Api, Properties: { Path: a, Method: get }", "path 'a': it must start with '/'")]
    [Arguments("Type: HttpApi, Properties: { Path: '/{a+}/b', Method: get }", "'{a+}' must be the last segment")]
    [Arguments("Type: Schedule, Properties: {}", "'Schedule' is missing")]
    [Arguments("Properties: {}", "F, event 'E': 'Type' is missing")]
    public async Task An_event_that_cannot_be_used_is_an_error(string @event, string message) =>
        await Assert.That(Templates.Message(Templates.FunctionWith($"Events: {{ E: {{ {@event} }} }}")))
            .Contains(message);

    [Test]
    public async Task Cross_origin_rules_of_both_kinds_of_apis_reach_their_routes()
    {
        var rest = Templates.Generate(Templates.FunctionWith(
            "Events: { E: { Type: Api, Properties: { Path: /a, Method: get } } }",
            "Globals: { Api: { Cors: { AllowOrigin: \"'https://a'\", AllowMethods: \"'GET,POST'\", "
                + "MaxAge: \"'600'\" } } }"));
        await Assert.That(Text(rest.Routing)).Contains("allow_origins:\n").And.Contains("https://a").And.Contains(
            "- POST").And.Contains("max_age: 600");
        var http = Templates.Generate(Templates.FunctionWith(
            "Events: { E: { Type: HttpApi, Properties: { Path: /a, Method: get } } }",
            "Globals: { HttpApi: { CorsConfiguration: { AllowOrigins: ['https://b'], ExposeHeaders: [x-a] } } }"));
        await Assert.That(Text(http.Routing)).Contains("https://b").And.Contains("expose_headers:\n");
    }

    private static string Text(Esb.Schema.Yaml.YamlMapping document) => Esb.Schema.Yaml.YamlTextWriter.Write(document);

    private static SamRoute RouteOf(string properties) =>
        Templates.Read(Templates.FunctionWith(properties)).Routes.Single();
}
