namespace Esb.Sam.Tests.Resolving;

/// <summary>
/// Every logical id that SAM generates is known, and only where SAM generates it. Source of the ids: the results of AWS
/// SAM's translator for its own examples.
/// </summary>
internal sealed class GeneratedIdTests
{
    private const string Whole = """
        Globals:
          Function: { AutoPublishAlias: live-1_a, DeploymentPreference: { Type: AllAtOnce } }
          Api: { Auth: { UsagePlan: { CreateUsagePlan: PER_API } } }
        Resources:
          Api:
            Type: AWS::Serverless::Api
            Properties: { StageName: a-b, Domain: { DomainName: x.org, CertificateArn: arn, BasePath: [one] },
                Auth: { Authorizers: { Ask: { FunctionArn: !GetAtt F.Arn } } } }
          Web:
            Type: AWS::Serverless::HttpApi
            Properties:
              Domain: { DomainName: x.org, CertificateArn: arn }
              Auth: { Authorizers: { Ask: { FunctionArn: !GetAtt F.Arn, AuthorizerPayloadFormatVersion: '2.0' } } }
          Layer: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: l } }
          Queue: { Type: AWS::SQS::Queue, Connectors: { Out: { Properties: {
              Destination: { Id: F }, Permissions: [Write] } } } }
          Link: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: F }, Destination: { Id: Queue },
              Permissions: [Write] } }
          Machine: { Type: AWS::Serverless::StateMachine, Properties: {
              DefinitionUri: x, Events: { Tick: { Type: Schedule,
              Properties: { Schedule: rate(1 hour), DeadLetterConfig: { Type: SQS, QueueLogicalId: Lost } } } } } }
          F:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: s
              Handler: a.b
              Runtime: python3.12
              FunctionUrlConfig: { AuthType: NONE }
              EventInvokeConfig: { MaximumRetryAttempts: 1, DestinationConfig: { OnSuccess: { Type: SQS } } }
              Events:
                Get: { Type: Api, Properties: { Path: /a, Method: get } }
                Web: { Type: HttpApi, Properties: { Path: /b, Method: get } }
                Later: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 hour) } }
        """;

    private const string Bare = """
        Resources:
          Api: { Type: AWS::Serverless::Api, Properties: { StageName: prod } }
          F: { Type: AWS::Serverless::Function, Properties: { CodeUri: s, Handler: a.b, Runtime: python3.12,
              Role: !Sub 'arn:aws:iam::1:role/x' } }
        """;

    [Test]
    [Arguments("FRole")]
    [Arguments("FUrl")]
    [Arguments("FUrlPublicPermissions")]
    [Arguments("FURLInvokeAllowPublicAccess")]
    [Arguments("FAliasliveD1Ua")]
    [Arguments("FVersion0123456789")]
    [Arguments("FDeploymentGroup")]
    [Arguments("FEventInvokeConfig")]
    [Arguments("FEventInvokeConfigOnSuccessQueue")]
    [Arguments("FEventInvokeConfigOnFailureTopic")]
    [Arguments("FGet")]
    [Arguments("FGetPermissionProd")]
    [Arguments("FWebPermission")]
    [Arguments("FLater")]
    [Arguments("FLaterRole0123456789")]
    [Arguments("FLaterRole")]
    [Arguments("FLaterQueue")]
    [Arguments("ServerlessRestApi")]
    [Arguments("ServerlessRestApiProdStage")]
    [Arguments("ServerlessRestApiDeployment0123456789")]
    [Arguments("ServerlessRestApiUsagePlan")]
    [Arguments("ServerlessHttpApi")]
    [Arguments("ServerlessHttpApiApiGatewayDefaultStage")]
    [Arguments("ServerlessDeploymentApplication")]
    [Arguments("CodeDeployServiceRole")]
    [Arguments("ServerlessUsagePlan")]
    [Arguments("ServerlessUsagePlanKey")]
    [Arguments("ServerlessApiKey")]
    [Arguments("ApiStage0123456789")]
    [Arguments("ApiDeployment0123456789")]
    [Arguments("ApiUsagePlanKey")]
    [Arguments("ApioneBasePathMapping")]
    [Arguments("ApiAskAuthorizerPermission")]
    [Arguments("ApiGatewayDomainName0123456789")]
    [Arguments("ApiGatewayDomainNameV20123456789")]
    [Arguments("RecordSetGroup0123456789")]
    [Arguments("DomainNameAccessAssociation0123456789")]
    [Arguments("WebApiMapping")]
    [Arguments("WebAskAuthorizerPermission")]
    [Arguments("Layer0123456789")]
    [Arguments("QueueOutPolicy")]
    [Arguments("QueueOutWriteLambdaPermissionDestination0")]
    [Arguments("LinkPolicy")]
    [Arguments("MachineRole")]
    [Arguments("MachineTickRole")]
    [Arguments("Lost")]
    public async Task An_id_that_sam_makes_is_known_to_outputs_dependencies_and_references(string id)
    {
        await Assert.That(Errors($"{Whole}\n  G: {{ Type: AWS::S3::Bucket, DependsOn: {id} }}\nOutputs: {{ "
            + $"V: {{ Value: !Ref {id} }}, W: {{ Value: !GetAtt {id}.Arn }} }}\n")).IsEmpty();
        await Assert.That(Errors($"{Whole}\n  G: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, "
            + $"Environment: {{ Variables: {{ A: !Ref {id} }} }} }} }}\n")).IsEmpty();
    }

    [Test]
    [Arguments("FRole")]
    [Arguments("FUrl")]
    [Arguments("FUrlPublicPermissions")]
    [Arguments("FVersion0123456789")]
    [Arguments("FAliaslive")]
    [Arguments("FDeploymentGroup")]
    [Arguments("FEventInvokeConfig")]
    [Arguments("ServerlessRestApi")]
    [Arguments("ServerlessHttpApi")]
    [Arguments("ServerlessRestApiProdStage")]
    [Arguments("ServerlessDeploymentApplication")]
    [Arguments("ServerlessUsagePlan")]
    [Arguments("ApiUsagePlan")]
    [Arguments("ApiDeployment")]
    [Arguments("ApiBasePathMapping")]
    [Arguments("ApiAskAuthorizerPermission")]
    [Arguments("ApiGatewayDomainName0123456789")]
    [Arguments("Lost")]
    public async Task An_id_without_a_reason_in_the_template_is_an_error_as_on_aws(string id)
    {
        await Assert.That(Errors($"{Bare}\n  G: {{ Type: AWS::S3::Bucket, DependsOn: {id} }}\n"))
            .Contains($"there is no such resource");
        await Assert.That(Errors($"{Bare}\nOutputs: {{ V: {{ Value: !Ref {id} }} }}\n"))
            .Contains($"there is no parameter or resource '{id}'");
        await Assert.That(Errors($"{Bare}\n  G: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, "
            + $"Environment: {{ Variables: {{ A: !Ref {id} }} }} }} }}\n"))
            .Contains($"there is no parameter or resource '{id}'");
    }

    [Test]
    public async Task A_part_of_a_resource_that_ESB_does_not_create_is_a_line() =>
        await Assert.That(string.Join(
            '\n',
            Templates.Messages($"{Whole}\n  G: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, "
                + $"Environment: {{ Variables: {{ A: !Ref FDeploymentGroup }} }} }} }}\n")))
            .Contains("warning: FDeploymentGroup: SAM creates it on AWS, but ESB does not; 'FDeploymentGroup' is used");

    private static string Errors(string text) =>
        string.Join('\n', Templates.Messages(text).Where(m => m.Contains(": error: ", StringComparison.Ordinal)));
}
