using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Globals;

/// <summary>
/// Values outside of <c>Auth</c> that SAM reads before CloudFormation evaluates functions have the same meaning here as
/// for SAM.
/// </summary>
internal sealed class WordsOfSamTests
{
    private const string Sections =
        "Parameters: { Yes: { Type: String, Default: 'true' }, No: { Type: String, Default: 'false' }, Kind: { Type: "
            + "String, Default: NONE } }\nMappings: { M: { a: { b: NONE, c: false } } }\nConditions: { Holds: "
            + "!Equals [a, a], Fails: !Equals [a, b] }\n";

    private const string Closed = "its AuthType is a function, and SAM lets everybody call it only if NONE is written";

    [Test]
    [Arguments("!Ref Kind", true)]
    [Arguments("!If [Holds, NONE, AWS_IAM]", true)]
    [Arguments("!FindInMap [M, a, b]", true)]
    [Arguments("!Sub '${Kind}'", true)]
    [Arguments("NONE", false)]
    [Arguments("'NONE'", false)]
    public async Task A_URL_whose_AuthType_SAM_cannot_read_is_closed(string type, bool isClosed)
    {
        var own = Templates.FunctionWith($"FunctionUrlConfig: {{ AuthType: {type} }}", Sections);
        var common = Templates.FunctionWith(
            "Timeout: 5", $"{Sections}Globals: {{ Function: {{ FunctionUrlConfig: {{ AuthType: {type} }} }} }}\n");
        foreach (var text in new[] { own, common })
        {
            foreach (var route in Templates.Read(text).Routes)
                await Assert.That(route.Authorizer?["reason"]?.ToString()).IsEqualTo(isClosed ? Closed : null);
            await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })).Contains(
                $"FunctionUrlConfig.AuthType is ignored: {Closed}", StringComparison.Ordinal)).IsEqualTo(isClosed);
            await Assert.That(string.Join('\n', Templates.Messages(text)).Contains(
                $"warning: F: the URL is closed: {Closed}", StringComparison.Ordinal)).IsEqualTo(isClosed);
        }
    }

    [Test]
    [Arguments("", "!Ref F", true)]
    [Arguments("", "!GetAtt F.Arn", true)]
    [Arguments("", "!Ref G", false)]
    [Arguments("", "'F:live'", false)]
    [Arguments("AutoPublishAlias: live, ", "!Ref F.Alias", true)]
    [Arguments("AutoPublishAlias: live, ", "!Ref F", false)]
    public async Task A_URL_whose_AuthType_SAM_cannot_read_is_opened_by_a_permission(
        string alias,
        string function,
        bool isOpen)
    {
        var text = Templates.FunctionWith($"{alias}FunctionUrlConfig: {{ AuthType: !Ref Kind }}", Sections) + $$"""
              G: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              P: { Type: AWS::Lambda::Permission, Properties: { FunctionName: {{function}},
                  Action: lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE } }
            """;
        await Assert.That(Templates.Read(text).Routes[0].Authorizer is null).IsEqualTo(isOpen);
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true }).Count == 0).IsEqualTo(isOpen);
    }

    [Test]
    public async Task An_AuthType_function_that_returns_AWS_IAM_still_requires_a_signature() =>
        await Assert.That($"{Templates.Read(Templates.FunctionWith(
            "FunctionUrlConfig: { AuthType: !If [Holds, AWS_IAM, NONE] }",
            Sections)).Routes[0].Authorizer?["type"]}").IsEqualTo("iam");

    [Test]
    [Arguments("!Ref No", true, "a function, which SAM treats as true")]
    [Arguments("!If [Holds, false, true]", true, "a function, which SAM treats as true")]
    [Arguments("!FindInMap [M, a, c]", true, "a function, which SAM treats as true")]
    [Arguments("!Ref Yes", true, "")]
    [Arguments("!Ref AWS::NoValue", true, "")]
    [Arguments("false", false, "")]
    [Arguments("no", false, "")]
    [Arguments("true", true, "")]
    public async Task A_schedule_is_enabled_as_on_AWS(string written, bool isOn, string line)
    {
        var text = Schedule(written);
        await Assert.That(Templates.Function(text).Schedules.Single().Enabled).IsEqualTo(isOn);
        await Assert.That(Told(text)).IsEqualTo(line.Length == 0 ? "" : $"F: Events.S.Enabled is {line}");
    }

    [Test]
    [Arguments("'false'")]
    [Arguments("'true'")]
    public async Task Text_instead_of_a_boolean_is_an_error_for_a_schedule(string written) =>
        await Assert.That(Templates.Message(Schedule(written)))
            .Contains("error: F: 'Events.S.Enabled' is text, which SAM refuses");

    [Test]
    [Arguments("true", true, "")]
    [Arguments("yes", true, "")]
    [Arguments("false", false, "")]
    [Arguments("'false'", false, "")]
    [Arguments("!Ref No", false, "")]
    [Arguments("!Ref AWS::NoValue", false, "")]
    [Arguments("'true'", false, "text, which SAM does not treat as true")]
    [Arguments("\"'true'\"", false, "text, which SAM does not treat as true")]
    [Arguments("!Ref Yes", false, "a function, which SAM does not treat as true")]
    [Arguments("!If [Holds, true, false]", false, "a function, which SAM does not treat as true")]
    public async Task Credentials_are_allowed_as_on_AWS(string written, bool isAllowed, string line)
    {
        foreach (var (kind, property, origin) in new[]
        {
            ("Api", "Cors", "AllowOrigin: \"'https://a.example'\""),
            ("HttpApi", "CorsConfiguration", "AllowOrigins: ['https://a.example']"),
        })
        {
            var cors = $"{property}: {{ {origin}, AllowCredentials: {written} }}";
            var common = $"{Sections}Globals: {{ {kind}: {{ {cors} }} }}\n";
            foreach (var text in new[] { Of(kind, cors), Of(kind, "Name: n", common) })
            {
                await Assert.That(Cors(text)?["allow_credentials"] is YamlScalar { Value: "true" })
                    .IsEqualTo(isAllowed).Because(text);
                await Assert.That(Told(text))
                    .IsEqualTo(line.Length == 0 ? "" : $"A: {property}.AllowCredentials is {line}");
            }
        }
    }

    [Test]
    [Arguments("Api", "Cors: { AllowOrigin: \"'*'\", AllowCredentials: !Ref Yes }")]
    [Arguments("HttpApi", "CorsConfiguration: { AllowOrigins: ['*'], AllowCredentials: 'true' }")]
    public async Task Credentials_that_SAM_leaves_out_are_allowed_together_with_every_origin(
        string kind,
        string cors) =>
        await Assert.That(Origin(Of(kind, cors))).IsEqualTo("*");

    [Test]
    [Arguments("!If [Holds, { AllowOrigins: ['https://a'], AllowCredentials: true }, !Ref AWS::NoValue]", true)]
    [Arguments("!If [Holds, !Ref AWS::NoValue, { AllowOrigins: ['https://a'] }]", false)]
    [Arguments("{ AllowOrigins: ['https://a'], AllowCredentials: true }", true)]
    public async Task A_function_for_the_whole_CORS_of_an_HTTP_API_is_evaluated(string cors, bool isAllowed)
    {
        var text = Of("HttpApi", $"CorsConfiguration: {cors}");
        await Assert.That(Cors(text)?["allow_credentials"] is YamlScalar { Value: "true" }).IsEqualTo(isAllowed);
        await Assert.That(Told(text)).IsEqualTo("");
    }

    [Test]
    [Arguments("HttpApi", "CorsConfiguration: 'true'", "'CorsConfiguration' is text, which SAM does not treat as")]
    [Arguments(
        "HttpApi", "CorsConfiguration: !Ref Yes", "'CorsConfiguration' is a function, which SAM does not treat as")]
    [Arguments("HttpApi", "CorsConfiguration: !If [Holds, true, false]", "'CorsConfiguration' is a function, which")]
    [Arguments(
        "Api",
        "Cors: !If [Holds, { AllowOrigin: \"'https://a'\" }, !Ref AWS::NoValue]",
        "'Cors' is a function that returns a mapping: SAM mistakes it for an origin")]
    public async Task A_CORS_function_that_SAM_cannot_read_is_an_error(string kind, string cors, string message) =>
        await Assert.That(Templates.Message(Of(kind, cors))).Contains($"error: A: {message}");

    [Test]
    public async Task A_function_for_the_origin_is_evaluated() =>
        await Assert.That(Origin(Of("Api", "Cors: !If [Holds, \"'https://a'\", !Ref AWS::NoValue]")))
            .IsEqualTo("https://a");

    [Test]
    [Arguments("false", "/my-base", "")]
    [Arguments("'false'", "/mybase", "text, which SAM treats as true")]
    [Arguments("!Ref No", "/mybase", "a function, which SAM treats as true")]
    [Arguments("!If [Fails, true, false]", "/mybase", "a function, which SAM treats as true")]
    [Arguments("!Ref AWS::NoValue", "/mybase", "")]
    [Arguments("true", "/mybase", "")]
    public async Task A_base_path_is_normalized_as_on_AWS(string written, string path, string line)
    {
        var text = Of("Api", $"Domain: {{ DomainName: a.example, CertificateArn: c, BasePath: [my-base], "
            + $"NormalizeBasePath: {written} }}");
        await Assert.That($"{Templates.Read(text).Routes.Single().BasePath}").IsEqualTo(path);
        await Assert.That(Told(text))
            .IsEqualTo(line.Length == 0 ? "" : $"A: Domain.NormalizeBasePath is {line}");
    }

    private static string Schedule(string enabled) => Templates.FunctionWith(
        $"Events: {{ S: {{ Type: Schedule, Properties: {{ Schedule: rate(1 day), Enabled: {enabled} }} }} }}",
        Sections);

    private static YamlMapping? Cors(string text) => Templates.Read(text).Routes.Single().Cors;

    private static string Origin(string text) => $"{((YamlSequence)Cors(text)!["allow_origins"]!).Items.Single()}";

    private static string Told(string text) => string.Join('\n', Templates.Messages(text)
        .Where(m => m.Contains("SAM", StringComparison.Ordinal))
        .Select(m => m[(m.IndexOf("warning: ", StringComparison.Ordinal) + 9)..].Split(';')[0]));

    private static string Of(string kind, string api, string? sections = null) => $$"""
        {{sections ?? Sections}}
        Resources:
          A: { Type: AWS::Serverless::{{kind}}, Properties: { StageName: v, {{api}} } }
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}}, Events: { E: { Type: {{kind}},
              Properties: { {{(kind == "Api" ? "RestApiId" : "ApiId")}}: !Ref A, Path: /x, Method: get } } } } }
        """;
}
