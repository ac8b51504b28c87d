using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Projects;

/// <summary>Functions whose code is in the template.</summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class InlineCodeTests(Platform platform)
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Globals: { Function: { Environment: { Variables: { NAME: inline } } } }
        Resources:
          Snake:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: inline-python
              Handler: index.handler
              Runtime: python3.11
              InlineCode: |
                import os
                def handler(event, context):
                    return 'python ' + os.environ['NAME']
              Events: { Call: { Type: HttpApi, Properties: { Path: /inline/python, Method: GET } } }
          Knot:
            Type: AWS::Lambda::Function
            Properties:
              FunctionName: inline-node
              Handler: index.handler
              Runtime: nodejs20.x
              Environment: { Variables: { NAME: !Ref Snake } }
              Code:
                ZipFile: !Sub |
                  exports.handler = async () => 'node in ${AWS::Region} beside ' + process.env.NAME;
          Url:
            Type: AWS::Lambda::Url
            Properties: { AuthType: NONE, TargetFunctionArn: !GetAtt Knot.Arn }
          Public:
            Type: AWS::Lambda::Permission
            Properties: { FunctionName: !Ref Knot, Action: lambda:InvokeFunctionUrl, Principal: '*', FunctionUrlAuthType: NONE }
        """;

    [Test]
    public async Task Code_inside_a_template_answers_in_both_languages()
    {
        await platform.DeployAsync(platform.Write("inline", Template));
        await Assert.That(await platform.Client.GetStringAsync("/inline/python")).IsEqualTo("python inline");
        await Assert.That(await platform.Client.GetStringAsync("/_url/inline-node"))
            .IsEqualTo("node in us-east-1 beside inline-python");
    }
}
