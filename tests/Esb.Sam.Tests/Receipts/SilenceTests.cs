using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Receipts;

/// <summary>
/// Everything in a template is applied, an error, or a line of the receipt that <c>--strict</c> refuses.
/// </summary>
internal sealed class SilenceTests
{
    [Test]
    [Arguments("makefil", "did you mean 'makefile'?")]
    [Arguments("python-uw", "did you mean 'python-uv'?")]
    [Arguments("webpack", "for example makefile, or a runtime")]
    [Arguments("[makefile]", "'BuildMethod' is a list")]
    public async Task An_unknown_build_method_is_an_error(string method, string message) =>
        await Assert.That(Templates.Message(WithMetadata($"BuildMethod: {method}")))
            .Contains("error: F: 'BuildMethod' is ")
            .And.Contains(message);

    [Test]
    [Arguments("esbuild")]
    [Arguments("python-uv")]
    [Arguments("rust-cargolambda")]
    [Arguments("java21")]
    public async Task A_build_method_that_only_sam_build_has_is_a_warning_and_a_line(string method)
    {
        var text = WithMetadata($"BuildMethod: {method}");
        await Assert.That(Templates.Message(text)).Contains("warning: F: BuildMethod is left out: ");
        await Assert.That(Templates.Read(text).Receipt)
            .Contains(l => l.Property == "BuildMethod" && l.Outcome == Outcome.Ignored);
    }

    [Test]
    [Arguments("makefile")]
    [Arguments("python3.12")]
    public async Task A_supported_build_method_is_accepted_without_a_message(string method) =>
        await Assert.That(Templates.Messages(WithMetadata($"BuildMethod: {method}"))).IsEmpty();

    [Test]
    [Arguments("AWS_REGION", "the variable 'AWS_REGION' is set by Lambda itself")]
    [Arguments("_HANDLER", "the variable '_HANDLER' is set by Lambda itself")]
    [Arguments("AWS_ACCESS_KEY_ID", "the variable 'AWS_ACCESS_KEY_ID' is set by Lambda itself")]
    [Arguments("my-name", "'my-name' is not the name of a variable")]
    [Arguments("1A", "'1A' is not the name of a variable")]
    [Arguments("_A", "'_A' is not the name of a variable")]
    [Arguments("'A B'", "'A B' is not the name of a variable")]
    [Arguments("\"A\\nB\"", "is not the name of a variable")]
    public async Task A_name_that_lambda_refuses_for_a_variable_is_an_error(string name, string message) =>
        await Assert.That(Templates.Message(Templates.FunctionWith($"Environment: {{ Variables: {{ {name}: x }} }}")))
            .Contains($"error: F, Environment: ")
            .And.Contains(message);

    [Test]
    [Arguments(4000, true)]
    [Arguments(4088, true)]
    [Arguments(4089, false)]
    public async Task Variables_may_have_as_many_bytes_in_total_as_lambda_accepts(int length, bool fits)
    {
        // {"A":"…"}
        var messages = Templates.Messages(Templates.FunctionWith(
            $"Environment: {{ Variables: {{ A: {new string('x', length)} }} }}"));
        await Assert.That(messages.Count == 0).IsEqualTo(fits);
        if (!fits)
            await Assert.That(messages.Single())
                .Contains("the variables have 4,097 bytes in total; Lambda accepts at most 4,096");
    }

    [Test]
    [Arguments("Type: Api, Properties: { Path: /health, Method: get }", "GET /health")]
    [Arguments(
        "Type: HttpApi, Properties: { Path: /2015-03-31/functions/f/invocations, Method: post }",
        "POST /2015-03-31/functions/f/invocations")]
    public async Task A_route_that_the_platform_answers_itself_is_a_warning_and_a_line(string item, string route)
    {
        var text = Templates.FunctionWith($"Events: {{ E: {{ {item} }} }}");
        await Assert.That(Templates.Message(text))
            .Contains($": {route} gets no request: the platform answers this path itself");
        await Assert.That(Templates.Read(text).Receipt)
            .Contains(l => l.Property == route && l.Outcome == Outcome.Ignored);
    }

    [Test]
    [Arguments("Function: { Tracing: Active }", "Function.Tracing")]
    [Arguments("Function: { VpcConfig: { SubnetIds: [a] } }", "Function.VpcConfig")]
    [Arguments("HttpApi: { AccessLogSettings: { Format: x } }", "HttpApi.AccessLogSettings")]
    [Arguments("StateMachine: { Tracing: { Enabled: true } }", "StateMachine")]
    public async Task Globals_without_effect_are_lines(string globals, string line)
    {
        var text = Templates.FunctionWith("Timeout: 3", $"Globals: {{ {globals} }}");
        await Assert.That(
            Templates.Read(text).Receipt.Single(l => l.Resource == "Globals" && l.Property == line).Outcome)
            .IsEqualTo(Outcome.Ignored);
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains($"error: Globals: {line} is ignored");
    }

    [Test]
    [Arguments(
        "Function: { 'Fn::If': [A, { Timeout: 3 }, { Timeout: 4 }] }", "Globals, Function: unknown property 'Fn::If'")]
    [Arguments("Function: { Environment: { Variabels: { A: b } } }", "did you mean 'Variables'?")]
    [Arguments("Function: { Timeout: 0 }", "'Timeout' is '0'")]
    public async Task Globals_that_are_wrong_are_errors(string globals, string message) =>
        await Assert.That(string.Join(
            '\n', Templates.Messages(Templates.FunctionWith("MemorySize: 128", $"Globals: {{ {globals} }}"))))
            .Contains(message);

    [Test]
    [Arguments("IgnoreGlobals: Timeout", "'IgnoreGlobals' is 'Timeout'")]
    [Arguments("IgnoreGlobals: [Timout]", "did you mean 'Timeout'?")]
    public async Task Invalid_ignored_globals_are_errors(string attribute, string message)
    {
        var text = $"Resources: {{ F: {{ Type: AWS::Serverless::Function, {attribute}, "
            + $"Properties: {{ {Templates.Code} }} }} }}";
        await Assert.That(Templates.Message(text)).Contains(message);
    }

    [Test]
    [Arguments("Transform: [AWS::Serverless-2016-10-31, MyMacro]", "", "Transform", "MyMacro")]
    [Arguments("", ", Xyzzy: 1", "F", "Xyzzy")]
    [Arguments("", "", "F", "Layers")]
    [Arguments("", "", "F", "EventInvokeConfig.DestinationConfig.OnFailure")]
    public async Task Everything_with_a_warning_is_a_line_too(
        string section,
        string attribute,
        string resource,
        string property)
    {
        var text = $$"""
            {{section}}
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Layers: ['arn:aws:lambda:us-east-1:1:layer:x:3'],
                  EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS } } } }{{attribute}} }
            """;
        await Assert.That(Templates.Read(text).Receipt)
            .Contains(l => l.Resource == resource && l.Property == property && l.Outcome == Outcome.Ignored);
    }

    [Test]
    [Arguments(
        "Parameters: { P: { Type: Strng, Default: a } }", "parameter 'P': 'Type' is 'Strng'; did you mean 'String'?")]
    [Arguments("Parameters: { P: { Type: String, Defualt: a } }", "did you mean 'Default'?")]
    [Arguments("Parameters: { P: { Type: String, Default: a, NoEcho: sure } }", "'NoEcho' is 'sure'")]
    [Arguments("AWSTemplateFormatVersion: 2010-09-10", "'AWSTemplateFormatVersion' is '2010-09-10'")]
    public async Task Sections_that_are_wrong_are_errors(string section, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Templates.FunctionWith("Timeout: 3", section))))
            .Contains(message);

    [Test]
    [Arguments("Hooks: { H: { Type: 'AWS::CodeDeploy::BlueGreen' } }", "Hooks")]
    public async Task Sections_without_effect_are_lines(string section, string line) =>
        await Assert.That(Templates.Read(Templates.FunctionWith("Timeout: 3", section)).Receipt)
            .Contains(l => l.Resource == line && l.Outcome == Outcome.Ignored);

    [Test]
    public async Task A_wrapper_of_a_layer_on_aws_is_ignored_with_it()
    {
        var text = Templates.FunctionWith("Layers: ['arn:aws:lambda:us-east-1:1:layer:otel:3'], "
            + "Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: /opt/otel-handler, B: c } }");
        await Assert.That(Templates.Function(text).Environment.Keys).IsEquivalentTo(["B"]);
        await Assert.That(Templates.Read(text).Receipt)
            .Contains(l => l.Property == "Environment.AWS_LAMBDA_EXEC_WRAPPER" && l.Outcome == Outcome.Ignored);
    }

    [Test]
    [Arguments("gett", "did you mean 'get'?")]
    [Arguments("pst", "did you mean 'post'?")]
    public async Task An_invalid_method_of_a_definition_is_an_error(string method, string message)
    {
        var text = $"Resources: {{ A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, "
            + $"DefinitionBody: {{ paths: {{ /a: {{ {method}: {{}} }} }} }} }} }} }}";
        await Assert.That(Templates.Message(text)).Contains($"error: A: path '/a' has no method '{method}'")
            .And.Contains(message);
    }

    [Test]
    public async Task An_invalid_method_of_a_separate_route_is_an_error()
    {
        var text = Templates.FunctionWith("Timeout: 3") + "  A: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, "
            + "ProtocolType: HTTP, RouteKey: GETT /a, Target: !GetAtt F.Arn } }\n";
        await Assert.That(Templates.Message(text)).Contains("there is no method 'GETT'");
    }

    private static string WithMetadata(string metadata) =>
        $"Resources: {{ F: {{ Type: AWS::Serverless::Function, Metadata: {{ {metadata} }}, "
            + $"Properties: {{ {Templates.Code} }} }} }}";
}
