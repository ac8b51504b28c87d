using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Projects;

/// <summary>A template with a nested application.</summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class NestedApplicationTests(Platform platform)
{
    private const string Outer = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Mail:
            Type: AWS::Serverless::Application
            Properties: { Location: apps/mail/template.yaml, Parameters: { Sender: '{"from":"us"}' } }
          Desk:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.11
              Environment: { Variables: { SENDS: !GetAtt Mail.Outputs.Function } }
              Events: { Call: { Type: HttpApi, Properties: { Path: /desk, Method: GET } } }
        """;

    private const string Inner = """
        Transform: AWS::Serverless-2016-10-31
        Parameters: { Sender: { Type: String } }
        Resources:
          Send:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: code/
              Handler: app.handler
              Runtime: python3.11
              Environment: { Variables: { SENDER: !Ref Sender } }
              Events: { Call: { Type: HttpApi, Properties: { Path: '/mail/{to}', Method: GET } } }
        Outputs: { Function: { Value: !Ref Send } }
        """;

    [Test]
    public async Task The_function_of_a_nested_application_answers_too()
    {
        await platform.DeployAsync(platform.Write(
            "nested",
            Outer,
            ("src/app.py", Templates.Handler("return os.environ['SENDS']")),
            ("apps/mail/template.yaml", Inner),
            ("apps/mail/code/app.py", Templates.Handler("return os.environ['SENDER'] + ' to ' + "
                + "event['pathParameters']['to'] + ' by ' + context.function_name"))));
        await Assert.That(await platform.Client.GetStringAsync("/mail/you"))
            .IsEqualTo("""{"from":"us"} to you by Mail-Send""");
        await Assert.That(await platform.Client.GetStringAsync("/desk")).IsEqualTo("Mail-Send");
    }
}
