namespace Esb.Sam.Tests.Apis;

/// <summary>
/// A policy that admits everybody to something other than its API admits nobody, wherever it is written: anything that
/// no statement allows is denied.
/// </summary>
internal sealed class ResourcePolicyTests
{
    private const string Uri =
        "!Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations'";

    private const string Definition =
        $"swagger: '2.0', paths: {{ /a: {{ get: {{ x-amazon-apigateway-integration: {{ type: aws_proxy, "
            + $"httpMethod: POST, uri: {Uri} }} "
            + "} } }";

    [Test]
    [Arguments("!Sub 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${B}/*'")]
    [Arguments("'arn:aws:execute-api:us-east-1:000000000000:abc/*'")]
    [Arguments("'arn:aws:execute-api:us-east-1:000000000000:abc*/*/*'")]
    [Arguments("'arn:aws:execute-api:us-east-1:000000000000:?/*'")]
    [Arguments("'arn:aws:execute-api:us-east-1:000000000000:B'")]
    [Arguments("'arn:aws:execute-api:us-east-1:123456789012:*/*'")]
    [Arguments("'arn:aws:execute-api:us-east-1::*/*'")]
    [Arguments("'arn:aws:execute-api:eu-west-1:000000000000:*/*'")]
    [Arguments("'arn:aws:execute-api:eu-*:*:*/*'")]
    [Arguments("'arn:aws-cn:execute-api:us-east-1:000000000000:*/*'")]
    [Arguments("'arn:aws:s3:::b/*'")]
    [Arguments("'arn:aws:s3:us-east-1:000000000000:*/*'")]
    [Arguments("'arn:aws:lambda:us-east-1:000000000000:*'")]
    [Arguments("'arn:aws:execute-api:*'")]
    [Arguments("'b/*'")]
    [Arguments("'*/*'")]
    [Arguments("['arn:aws:execute-api:us-east-1:000000000000:abc/*', 'execute-api:/p/GET/a']")]
    public async Task A_policy_that_admits_everybody_elsewhere_closes_its_API(string resource)
    {
        foreach (var text in Places(resource))
        {
            await Assert.That($"{Templates.Read(text).Routes.Single().Authorizer?["reason"]}")
                .IsEqualTo("it has a resource policy, which cannot be checked here").Because(text);
            await Assert.That(Templates.Messages(text, new SamOptions { Strict = true })
                .Exists(m => m.Contains("it has a resource policy", StringComparison.Ordinal))).IsTrue();
        }
    }

    [Test]
    [Arguments("'*'")]
    [Arguments("'execute-api:/*'")]
    [Arguments("'execute-api:/p/*'")]
    [Arguments("'execute-api:/*/*/*'")]
    [Arguments("!Sub 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/*'")]
    [Arguments("'arn:aws:execute-api:us-east-1:000000000000:*'")]
    [Arguments("'arn:aws:execute-api:us-east-1:000000000000:A/*'")]
    [Arguments("'arn:aws:execute-api:us-*:*:*/p/*/*'")]
    [Arguments("'arn:*:*:*:*:*/*'")]
    [Arguments("['arn:aws:execute-api:eu-west-1:000000000000:*/*', 'execute-api:/*']")]
    public async Task A_policy_that_admits_everybody_to_its_API_does_not_close_it(string resource)
    {
        foreach (var text in Places(resource))
            await Assert.That(Templates.Read(text).Routes.Single().Authorizer).IsNull().Because(text);
    }

    // The policy of a SAM API, of a separate API with methods or with a definition, and in the definition of each.
    private static IEnumerable<string> Places(string resource)
    {
        var policy = "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: '*', "
            + $"Action: execute-api:Invoke, Resource: {resource} }}] }}";
        var stage = "  D: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref A, StageName: p } }\n";
        var within = $"{{ {Definition}, x-amazon-apigateway-policy: {policy} }}";
        yield return Of($"Policy: {policy}, DefinitionBody: {{ {Definition} }}", "Serverless::Api");
        yield return Of($"DefinitionBody: {within}", "Serverless::Api");
        yield return Of($"Body: {within}", "ApiGateway::RestApi") + stage;
        yield return Of($"Policy: {policy}, Body: {{ {Definition} }}", "ApiGateway::RestApi") + stage;
        yield return Of($"Name: a, Policy: {policy}", "ApiGateway::RestApi") + stage
            + "  M: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref A, ResourceId: "
            + "!GetAtt A.RootResourceId, HttpMethod: GET, AuthorizationType: NONE, Integration: { Type: AWS_PROXY, "
            + $"IntegrationHttpMethod: POST, Uri: {Uri} }} }} }}\n";
    }

    private static string Of(string api, string type) => $$"""
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}} } }
          B: { Type: AWS::Serverless::Api, Properties: { StageName: p } }
          A: { Type: AWS::{{type}}, Properties: { {{(type.StartsWith('S') ? "StageName: p, " : "")}}{{api}} } }

        """;
}
