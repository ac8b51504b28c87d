namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Intrinsic functions where SAM accepts none, because it reads these places before CloudFormation evaluates
/// conditions. One branch of a condition could open what the other one guards. The behaviour of SAM was observed with
/// aws-sam-translator 1.110.0.
/// </summary>
internal sealed class FunctionPlaceTests
{
    private const string Conditions = "Parameters: { Name: { Type: String, Default: Au }, Kind: { Type: String, "
        + "Default: TOKEN } }\nMappings: { M: { a: { b: Au } } }\n"
        + "Conditions: { Holds: !Equals [a, a], Fails: !Equals [a, b] }\n";

    private const string Au = "Authorizers: { Au: { FunctionArn: !GetAtt F.Arn, "
        + "AuthorizerPayloadFormatVersion: '2.0', Identity: { Headers: [X] } } }";

    private const string Jwt = "IdentitySource: $request.header.X, JwtConfiguration: { issuer: 'https://i', "
        + "audience: [z] }, UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/p'";

    [Test]
    [Arguments($"Auth: !If [Fails, {{ DefaultAuthorizer: Au, {Au} }}, !Ref AWS::NoValue]", "Auth", "Api HttpApi")]
    [Arguments($"Auth: !If [Holds, {{ DefaultAuthorizer: Au, {Au} }}, {{}}]", "Auth", "Api HttpApi")]
    [Arguments("Auth: !Ref AWS::NoValue", "Auth", "Api HttpApi")]
    [Arguments(
        $"Auth: {{ {Au}, DefaultAuthorizer: !If [Fails, Au, NONE] }}", "Auth.DefaultAuthorizer", "Api HttpApi")]
    [Arguments(
        $"Auth: {{ {Au}, DefaultAuthorizer: !If [Fails, Au, !Ref AWS::NoValue] }}",
        "Auth.DefaultAuthorizer",
        "Api HttpApi")]
    [Arguments($"Auth: {{ {Au}, DefaultAuthorizer: !Ref AWS::NoValue }}", "Auth.DefaultAuthorizer", "Api")]
    [Arguments(
        $"Auth: {{ {Au}, DefaultAuthorizer: !FindInMap [M, a, b] }}", "Auth.DefaultAuthorizer", "Api HttpApi")]
    [Arguments("Auth: { Authorizers: !If [Holds, {}, !Ref AWS::NoValue] }", "Auth.Authorizers", "Api HttpApi")]
    [Arguments(
        "Auth: { Authorizers: { Au: !If [Holds, { FunctionArn: x }, { FunctionArn: y }] } }",
        "Auth.Authorizers.Au",
        "HttpApi")]
    [Arguments(
        "Auth: { Authorizers: { Au: { JWT, AuthorizationScopes: !If [Fails, [s], !Ref AWS::NoValue] } } }",
        "Auth.Authorizers.Au.AuthorizationScopes",
        "Api HttpApi")]
    [Arguments(
        "Auth: { Authorizers: { Au: { FunctionArn: x, FunctionPayloadType: !If [Fails, TOKEN, REQUEST] } } }",
        "Auth.Authorizers.Au.FunctionPayloadType",
        "Api")]
    [Arguments(
        "Auth: { Authorizers: { Au: { FunctionArn: x, Identity: { Headers: !If [Fails, [a], [b]] } } } }",
        "Auth.Authorizers.Au.Identity.Headers",
        "HttpApi")]
    [Arguments(
        "Auth: { ApiKeyRequired: true, UsagePlan: !If [Fails, { CreateUsagePlan: NONE }, !Ref AWS::NoValue] }",
        "Auth.UsagePlan",
        "Api")]
    [Arguments("DefinitionUri: !If [Fails, other.yaml, api.yaml]", "DefinitionUri", "Api HttpApi")]
    [Arguments(
        "Domain: !If [Fails, { DomainName: a.b, CertificateArn: c }, !Ref AWS::NoValue]", "Domain", "Api HttpApi")]
    [Arguments(
        "Domain: { DomainName: a.b, CertificateArn: c, MutualTlsAuthentication: !If [Fails, { "
            + "TruststoreUri: 's3://x/y' }, !Ref AWS::NoValue] }",
        "Domain.MutualTlsAuthentication",
        "Api HttpApi")]
    [Arguments(
        "Domain: { DomainName: a.b, CertificateArn: c, EndpointConfiguration: !If [Fails, PRIVATE, REGIONAL] }",
        "Domain.EndpointConfiguration",
        "Api HttpApi")]
    public async Task A_function_around_a_guard_of_an_API_is_an_error_as_in_SAM(string own, string place, string kinds)
    {
        foreach (var kind in kinds.Split(' '))
        {
            var written = own.Replace("JWT", Jwt, StringComparison.Ordinal);
            await Assert.That(Of(kind, "", written, "")).Contains($"error: R: '{place}' is a function").Because(kind);
            // SAM merges Globals first, also into the API that only they configure.
            await Assert.That(Of(kind, written, "", "")).Contains($"error: R: '{place}' is a function").Because(kind);
            await Assert.That(string.Join('\n', Templates.Messages(
                $"{Conditions}Globals: {{ {kind}: {{ {written} }} }}\n" + Templates.FunctionWith(
                    $"Events: {{ E: {{ Type: {kind}, Properties: {{ Path: /a, Method: get }} }} }}"))))
                .Contains($"Api: '{place}' is a function").Because(kind);
        }
    }

    [Test]
    [Arguments("Events: !If [Holds, { E: EVENT }, !Ref AWS::NoValue]", "Events")]
    [Arguments("Events: { E: !If [Holds, EVENT, !Ref AWS::NoValue] }", "Events.E")]
    [Arguments(
        "Events: { E: { Type: Api, Properties: !If [Holds, { Path: /a, Method: get }, {}] } }", "Events.E.Properties")]
    [Arguments(
        "Events: { E: { Type: Api, Properties: { Path: /a, Method: get, Auth: { Authorizer: Au, "
            + "AuthorizationScopes: !If [Fails, [s], []] } } } }",
        "Events.E.Properties.Auth.AuthorizationScopes")]
    [Arguments("FunctionUrlConfig: !If [Fails, { AuthType: AWS_IAM }, { AuthType: NONE }]", "FunctionUrlConfig")]
    [Arguments(
        "Events: { E: { Type: !If [Holds, Api, HttpApi], Properties: { Path: /a, Method: get } } }", "Events.E.Type")]
    [Arguments(
        "Events: { E: { Type: Api, Properties: { Path: !Sub '/a', Method: get } } }", "Events.E.Properties.Path")]
    [Arguments(
        "Events: { E: { Type: Api, Properties: { Path: /a, Method: !If [Holds, get, put] } } }",
        "Events.E.Properties.Method")]
    [Arguments("AutoPublishAlias: !If [Holds, a, b]", "AutoPublishAlias")]
    [Arguments("PackageType: !If [Holds, Zip, Image]", "PackageType")]
    [Arguments("DeadLetterQueue: { Type: !If [Holds, SQS, SNS], TargetArn: 'arn:x' }", "DeadLetterQueue.Type")]
    [Arguments(
        "EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: !If [Holds, SQS, SNS], Destination: a } } }",
        "EventInvokeConfig.DestinationConfig.OnFailure.Type")]
    public async Task A_function_around_the_events_or_the_URL_of_a_function_is_an_error_too(
        string properties,
        string place) =>
        await Assert.That(string.Join('\n', Templates.Messages(Templates.FunctionWith(
            properties.Replace(
                "EVENT", "{ Type: Api, Properties: { Path: /a, Method: get } }", StringComparison.Ordinal),
            Conditions)))).Contains($"error: F: '{place}' is a function, which SAM refuses there");

    [Test]
    [Arguments("Api")]
    [Arguments("HttpApi")]
    public async Task A_function_around_all_properties_is_an_error_too(string kind) =>
        await Assert.That(string.Join('\n', Templates.Messages(Conditions + "Resources: { R: { Type: AWS::Serverless::"
            + $"{kind}, Properties: !If [Fails, {{ Auth: {{ {Au} }} }}, {{ StageName: v }}] }} }}")))
            .Contains("error: R: 'Properties' is a function, which SAM refuses there");

    [Test]
    [Arguments("Api", "StageName: v, MergeDefinitions: !If [Holds, true, false]", "MergeDefinitions")]
    [Arguments(
        "Api",
        "StageName: v, Auth: { UsagePlan: { CreateUsagePlan: !If [Holds, PER_API, NONE] } }",
        "Auth.UsagePlan.CreateUsagePlan")]
    [Arguments("SimpleTable", "PrimaryKey: { Name: id, Type: !If [Holds, String, Number] }", "PrimaryKey.Type")]
    public async Task A_function_instead_of_a_value_that_SAM_reads_itself_is_an_error_too(
        string kind,
        string properties,
        string place) =>
        await Assert.That(string.Join('\n', Templates.Messages(
            $"{Conditions}Resources: {{ R: {{ Type: AWS::Serverless::{kind}, Properties: {{ {properties} }} }} }}")))
            .Contains($"error: R: '{place}' is a function, which SAM refuses there");

    [Test]
    public async Task The_error_has_the_place_of_the_function() =>
        await Assert.That(string.Join('\n', Templates.Messages(Conditions
            + "Resources:\n  R:\n    Type: AWS::Serverless::HttpApi\n    Properties:\n"
            + "      Auth: !If [Holds, {}, !Ref AWS::NoValue]\n")))
            .Contains("t.yaml:8:13: error: R: 'Auth' is a function, which SAM refuses there");

    [Test]
    [Arguments("", $"Auth: {{ {Au}, DefaultAuthorizer: !Ref Name }}", "Api HttpApi")]
    [Arguments("", $"Auth: {{ {Au}, DefaultAuthorizer: Au, InvokeRole: !If [Fails, a, b] }}", "Api")]
    [Arguments(
        "Auth: !If [Fails, { DefaultAuthorizer: AWS_IAM }, !Ref AWS::NoValue]",
        $"Auth: {{ {Au}, DefaultAuthorizer: Au }}",
        "Api HttpApi")]
    [Arguments(
        "Auth: { DefaultAuthorizer: !If [Fails, AWS_IAM, Au] }",
        $"Auth: {{ {Au}, DefaultAuthorizer: Au }}",
        "Api HttpApi")]
    public async Task A_function_that_SAM_accepts_is_accepted(string common, string own, string kinds)
    {
        foreach (var kind in kinds.Split(' '))
            await Assert.That(Of(kind, common, own, "")).IsEqualTo("lambda").Because(kind);
    }

    [Test]
    public async Task With_language_extensions_every_function_except_a_condition_is_evaluated_first()
    {
        const string Extensions = "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n";
        await Assert.That(Of("Api", "", $"Auth: {{ {Au}, DefaultAuthorizer: !FindInMap [M, a, b] }}", Extensions))
            .IsEqualTo("lambda");
        await Assert.That(Of("Api", "", $"Auth: {{ {Au}, DefaultAuthorizer: !If [Holds, Au, Au] }}", Extensions))
            .Contains("'Auth.DefaultAuthorizer' is a function");
    }

    [Test]
    [Arguments("Api")]
    [Arguments("HttpApi")]
    public async Task A_default_authorizer_called_NONE_is_an_error_as_in_SAM(string kind)
    {
        await Assert.That(Of(kind, "", $"Auth: {{ {Au}, DefaultAuthorizer: NONE }}", ""))
            .Contains("error: R, Auth: there is no authorizer 'NONE'");
        await Assert.That(Of(kind, $"Auth: {{ {Au}, DefaultAuthorizer: Au }}", "Auth: { DefaultAuthorizer: NONE }", ""))
            .Contains("error: R, Auth: there is no authorizer 'NONE'");
    }

    private static string Of(string kind, string common, string own, string sections)
    {
        var stage = kind == "Api" ? "StageName: v, " : "";
        var text = $$"""
            {{sections}}{{Conditions}}{{(common.Length == 0 ? "" : $"Globals: {{ {kind}: {{ {common} }} }}")}}
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
              R: { Type: AWS::Serverless::{{kind}}, Properties: { {{stage}}{{own}} } }
              G: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: {{kind}}, Properties: { {{(kind == "Api" ? "RestApiId" : "ApiId")}}: !Ref R,
                  Path: /a, Method: get } } } } }
            """;
        if (kind == "Api")
        {
            text = text.Replace("AuthorizerPayloadFormatVersion: '2.0', ", "", StringComparison.Ordinal)
                .Replace("Headers: [X]", "Header: X", StringComparison.Ordinal);
        }

        var messages = string.Join('\n', Templates.Messages(text));
        return messages.Length > 0 ? messages : $"{Templates.Read(text).Routes.Single().Authorizer?["type"]}";
    }
}
