namespace Esb.Sam.Tests.Rules;

/// <summary>
/// Properties that AWS requires or accepts and that have no effect here: a line of the receipt or a warning, which
/// <c>--strict</c> refuses.
/// </summary>
internal sealed class WithoutEffectTests
{
    [Test]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: rate(1 hour), Target: { Arn: !GetAtt F.Arn }",
        "FlexibleTimeWindow: { Mode: 'OFF' }",
        "'FlexibleTimeWindow' is missing")]
    [Arguments("AWS::ApiGatewayV2::ApiMapping", "DomainName: x.org, ApiId: x", "Stage: p", "'Stage' is missing")]
    public async Task A_property_that_CloudFormation_needs_and_ESB_does_not_read_is_refused_by_strict(
        string type,
        string properties,
        string more,
        string message)
    {
        string Text(string given) => $"Resources:\n  F: {{ Type: AWS::Serverless::Function, "
            + $"Properties: {{ {Templates.Code} }} }}\n  T: {{ Type: {type}, Properties: {{ {given} }} }}\n";
        var strict = new SamOptions { Strict = true };
        await Assert.That(string.Join('\n', Templates.Messages(Text(properties), strict))).Contains(message);
        await Assert.That(string.Join('\n', Templates.Messages(Text($"{properties}, {more}"), strict)))
            .DoesNotContain(message);
        await Assert.That(string.Join('\n', Templates.Messages(Text(properties)))).DoesNotContain(message);
    }

    [Test]
    [Arguments(
        "StageName: p, Domain: { DomainName: x.org, CertificateArn: a, Route53: { HostedZoneId: Z } }",
        "A: Domain.Route53 is ignored")]
    [Arguments(
        "StageName: p, Domain: { DomainName: x.org, CertificateArn: a, SecurityPolicy: TLS_1_2 }",
        "A: Domain.SecurityPolicy is ignored")]
    [Arguments(
        "StageName: p, Domain: { DomainName: x.org, CertificateArn: a, EndpointConfiguration: REGIONAL }",
        "A: Domain.EndpointConfiguration is ignored")]
    [Arguments(
        "StageName: p, Domain: { DomainName: x.org, CertificateArn: a, IpAddressType: ipv4 }",
        "A: Domain.IpAddressType is ignored")]
    [Arguments(
        "StageName: p, Domain: { DomainName: x.org, CertificateArn: a, AccessAssociation: { VpcEndpointId: v } }",
        "A: Domain.AccessAssociation is ignored")]
    [Arguments(
        "StageName: p, Domain: { DomainName: x.org, CertificateArn: a, EndpointConfiguration: PRIVATE }",
        "A: EndpointConfiguration is ignored: it is private to a VPC of AWS; the routes are closed")]
    [Arguments(
        "StageName: p, Cors: \"'*'\", Auth: { AddApiKeyRequiredToCorsPreflight: true }",
        "A: Auth.AddApiKeyRequiredToCorsPreflight is ignored")]
    [Arguments(
        "StageName: p, Cors: \"'*'\", Auth: { AddDefaultAuthorizerToCorsPreflight: true }",
        "A: Auth.AddDefaultAuthorizerToCorsPreflight is ignored")]
    [Arguments(
        "StageName: p, DefinitionBody: { openapi: 3.0.1, paths: { /a: { trace: {} } } }",
        "A: TRACE /a is ignored: API Gateway has no such method")]
    public async Task A_property_of_an_API_without_effect_is_a_line(string properties, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(
            $"Resources: {{ A: {{ Type: AWS::Serverless::Api, Properties: {{ {properties} }} }} }}",
            new SamOptions { Strict = true }))).Contains(message);

    [Test]
    [Arguments("Api", "", "AuthorizerResultTtlInSeconds: 0")]
    [Arguments("Api", "", "AuthorizerType: REQUEST")]
    [Arguments("HttpApi", ", AuthorizerPayloadFormatVersion: '2.0'", "AuthorizerResultTtlInSeconds: 300")]
    [Arguments("HttpApi", ", AuthorizerPayloadFormatVersion: '2.0'", "Name: L")]
    public async Task A_property_that_SAM_leaves_out_of_an_authorizer_is_a_line(string kind, string needed, string more)
    {
        var text = $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}\n"
            + $"  A: {{ Type: AWS::Serverless::{kind}, Properties: {{ StageName: p, Auth: {{ DefaultAuthorizer: L, "
            + $"Authorizers: {{ L: {{ FunctionArn: !GetAtt F.Arn{needed}, {more} }} }} }} }} }}\n";
        await Assert.That(Templates.Messages(text)).IsEmpty();
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }))).Contains(
            $"A: Auth.Authorizers.L.{more.Split(':')[0]} is ignored: SAM leaves it out");
    }

    [Test]
    [Arguments("zz")]
    [Arguments("issuer.example.org")]
    [Arguments("ftp://x.org")]
    public async Task An_issuer_that_is_not_a_URL_is_a_line(string issuer) =>
        await Assert.That(string.Join(
            '\n',
            Templates.Messages(
                $"Resources: {{ A: {{ Type: AWS::Serverless::HttpApi, Properties: {{ Auth: {{ Authorizers: {{ "
                    + $"J: {{ IdentitySource: $request.header.A, JwtConfiguration: {{ issuer: '{issuer}', "
                    + $"audience: [a] }} }} }} }} }} }} }}", new SamOptions { Strict = true })))
            .Contains($"'{issuer}' is not a URL, so no token is accepted");

    [Test]
    [Arguments("POST", "")]
    [Arguments(
        "GET", "T: Integration.IntegrationHttpMethod is left out: it is GET, but functions are called with POST")]
    [Arguments("zz", "'IntegrationHttpMethod' is 'zz'")]
    public async Task A_function_is_called_with_POST(string method, string message)
    {
        var said = string.Join(
            '\n',
            Templates.Messages(
                $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}\n  T: "
                    + $"{{ Type: AWS::ApiGateway::Method, Properties: {{ RestApiId: x, ResourceId: y, HttpMethod: GET, "
                    + $"AuthorizationType: NONE, Integration: {{ Type: AWS_PROXY, IntegrationHttpMethod: {method}, "
                    + "Uri: !Sub 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/"
                    + "invocations' } } }\n"));
        await Assert.That(said).Contains(message);
        await Assert.That(said.Contains("IntegrationHttpMethod", StringComparison.Ordinal))
            .IsEqualTo(message.Length > 0);
    }

    [Test]
    [Arguments(
        "Parameters:\nResources: { F: { Type: AWS::S3::Bucket } }",
        "Parameters is ignored: CloudFormation accepts no null values")]
    [Arguments(
        "Globals:\nResources: { F: { Type: AWS::S3::Bucket } }",
        "Globals is ignored: CloudFormation accepts no null values")]
    [Arguments(
        "Globals: { Function: }\nResources: { F: { Type: AWS::S3::Bucket } }",
        "Globals: Function is ignored: CloudFormation accepts no null values")]
    [Arguments(
        "Resources: { F: { Type: AWS::S3::Bucket } }\nOutputs: { A: { Value: !Sub '${F.Nope}' } }",
        "F: F.Nope is ignored: there is no such attribute here")]
    [Arguments(
        "Resources: { F: { Type: AWS::S3::Bucket, DependsOn: } }",
        "F: DependsOn is ignored: CloudFormation accepts no null values")]
    [Arguments(
        "Resources: { F: { Type: AWS::S3::Bucket, Metadata: } }",
        "F: Metadata is ignored: CloudFormation accepts no null values")]
    [Arguments(
        "Parameters: { P: { Type: String, Default: } }\nResources: { F: { Type: AWS::S3::Bucket } }",
        "Parameters: P.Default is ignored: CloudFormation accepts no null values")]
    [Arguments(
        "Resources: { F: { Type: AWS::S3::Bucket } }\nOutputs: { A: { Value: !GetAtt F.Nope } }",
        "F: F.Nope is ignored: there is no such attribute here")]
    [Arguments(
        "Resources: { F: { Type: AWS::S3::Bucket } }\nOutputs: { A: { Value: a, Export: { "
            + "Name: !Sub '${AWS::StackName}-x' } }, B: { Value: b, Export: { Name: !Sub '${AWS::StackName}-x' } } }",
        "output 'B', Export: another output already has the same name")]
    [Arguments(
        "Parameters: { F: { Type: String, Default: a } }\nResources: { F: { Type: AWS::S3::Bucket } }",
        "'F' is a parameter and a resource")]
    public async Task Attributes_next_to_properties_are_checked_too(string text, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains(message);
}
