using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Receipts;

/// <summary>Properties that AWS requires are not an error of a template, however strictly it is read.</summary>
internal sealed class NeededByAwsTests
{
    private const string Role = """
          Role:
            Type: AWS::IAM::Role
            Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] }, ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole] }
          F: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: app.handler, Runtime: python3.12, Role: !GetAtt Role.Arn } }
          Policy: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, Roles: [!Ref Role], PolicyDocument: { Statement: [{ Effect: Allow, Action: 'dynamodb:*', Resource: '*' }] } } }

        """;

    private const string Rest = Role + """
          Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: n } }
          Part: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: '{proxy+}' } }
          Get:
            Type: AWS::ApiGateway::Method
            Properties:
              RestApiId: !Ref Api
              ResourceId: !Ref Part
              HttpMethod: GET
              AuthorizationType: NONE
              RequestParameters: { method.request.path.proxy: true }
              MethodResponses: [{ StatusCode: 200 }]
              Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations' }
          Deployment: { Type: AWS::ApiGateway::Deployment, DependsOn: Get, Properties: { RestApiId: !Ref Api } }
          Stage: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, StageName: p, DeploymentId: !Ref Deployment } }
          Permission: { Type: AWS::Lambda::Permission, Properties: { Action: 'lambda:InvokeFunction', FunctionName: !Ref F, Principal: apigateway.amazonaws.com } }

        """;

    private const string Http = Role + """
          Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: n, ProtocolType: HTTP } }
          To: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt F.Arn, PayloadFormatVersion: '2.0' } }
          Get: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: 'GET /a', Target: !Sub 'integrations/${To}' } }

        """;

    private const string Automatic = Http + "  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, "
        + "StageName: $default, AutoDeploy: true } }\n";

    private const string ByHand = Http + """
          Deployment: { Type: AWS::ApiGatewayV2::Deployment, DependsOn: Get, Properties: { ApiId: !Ref Api } }
          Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: p, DeploymentId: !Ref Deployment } }

        """;

    private const string Domain = Automatic + """
          Name: { Type: AWS::ApiGatewayV2::DomainName, Properties: { DomainName: api.example.com, DomainNameConfigurations: [{ CertificateArn: arn, EndpointType: REGIONAL }] } }
          Mapping: { Type: AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: !Ref Name, Stage: !Ref Stage } }

        """;

    private const string Schedule = Role + """
          Every: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: rate(1 hour), FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: !GetAtt F.Arn, RoleArn: !GetAtt Role.Arn } } }

        """;

    private const string Alias = Role + """
          Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref F } }
          Live: { Type: AWS::Lambda::Alias, Properties: { Name: live, FunctionName: !Ref F, FunctionVersion: !GetAtt Version.Version } }

        """;

    [Test]
    [Arguments(Rest)]
    [Arguments(Automatic)]
    [Arguments(ByHand)]
    [Arguments(Domain)]
    [Arguments(Schedule)]
    [Arguments(Alias)]
    public async Task A_template_with_properties_that_AWS_requires_passes_a_strict_reading(string resources)
    {
        await Assert.That(Templates.Messages("Resources:\n" + resources, new SamOptions { Strict = true })).IsEmpty();
        await Assert.That(Templates.Read("Resources:\n" + resources).Receipt.Where(l => l.Outcome == Outcome.Ignored))
            .IsEmpty();
    }

    [Test]
    [Arguments("Other: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, PolicyDocument: { Statement: [{ Effect: "
        + "Deny, Action: '*', Resource: '*' }] } } }")]
    [Arguments("Other: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, PolicyDocument: { Statement: [{ Effect: "
        + "!Ref AWS::Region, Action: '*', Resource: '*' }] } } }")]
    [Arguments("Other: { Type: AWS::IAM::Role, Properties: { PermissionsBoundary: arn } }")]
    [Arguments("Other: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Statement: [{ Effect: Allow, "
        + "Action: '*', Resource: '*', Condition: { IpAddress: { aws:SourceIp: 1.2.3.4 } } }] } } }")]
    [Arguments("Other: { Type: AWS::IAM::User, Properties: { UserName: u } }")]
    [Arguments("Other: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: 7 } }")]
    [Arguments("Other: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref F, ProvisionedConcurrencyConfig: "
        + "{ ProvisionedConcurrentExecutions: 1 } } }")]
    [Arguments("Other: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, StageName: q, "
        + "MethodSettings: [] } }")]
    public async Task A_property_that_restricts_access_or_is_not_required_stays_a_line_that_strict_refuses(
        string resource)
    {
        var text = $"Resources:\n{Rest}  {resource}\n";
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true })
            .Count(m => m.Contains("error: Other: ", StringComparison.Ordinal)
                && m.Contains(" is ignored: ", StringComparison.Ordinal))).IsGreaterThan(0);
    }
}
