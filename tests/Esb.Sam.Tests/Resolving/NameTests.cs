namespace Esb.Sam.Tests.Resolving;

/// <summary>
/// Names are text, whatever they would be in YAML elsewhere: a reference is read as its key is written.
/// </summary>
internal sealed class NameTests
{
    [Test]
    [Arguments("Yes")]
    [Arguments("On")]
    [Arguments("No")]
    [Arguments("y")]
    [Arguments("1.10")]
    [Arguments("010")]
    [Arguments("0x10")]
    [Arguments("1e3")]
    [Arguments("2024-01-01")]
    [Arguments("0b11")]
    public async Task An_authorizer_is_found_by_its_name(string name)
    {
        foreach (var (key, value) in new[] { (name, name), ($"'{name}'", name), (name, $"'{name}'") })
        {
            var text = $$"""
                Resources:
                  Web: { Type: AWS::Serverless::HttpApi, Properties: { Auth: {
                      DefaultAuthorizer: {{value}}, Authorizers: { {{key}}: {
                      IdentitySource: $request.header.Authorization, JwtConfiguration: {
                      issuer: 'https://x.org', audience: [a] } } } } } }
                  Rest: { Type: AWS::Serverless::Api, Properties: { StageName: p,
                      Auth: { DefaultAuthorizer: {{value}}, Authorizers: {
                      {{key}}: { FunctionArn: !GetAtt F.Arn } } } } }
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: s
                      Handler: a.b
                      Runtime: python3.12
                      Events:
                        A: { Type: HttpApi, Properties: { ApiId: !Ref Web, Path: /a, Method: get } }
                        B: { Type: HttpApi, Properties: { ApiId: !Ref Web, Path: /b, Method: get,
                            Auth: { Authorizer: {{value}} } } }
                        C: { Type: Api, Properties: { RestApiId: !Ref Rest, Path: /c, Method: get } }
                        D: { Type: Api, Properties: { RestApiId: !Ref Rest, Path: /d, Method: get,
                            Auth: { Authorizer: {{value}} } } }
                """;
            await Assert.That(Templates.Messages(text)).IsEmpty();
            await Assert.That(Templates.Read(text)
                .Routes.Select(r => ((Esb.Schema.Yaml.YamlScalar)r.Authorizer!["type"]!).Value))
                .IsEquivalentTo(["jwt", "jwt", "lambda", "lambda"]);
        }
    }

    [Test]
    [Arguments("Yes")]
    [Arguments("On")]
    [Arguments("No")]
    [Arguments("0123")]
    [Arguments("0x10")]
    [Arguments("1e3")]
    [Arguments("123")]
    public async Task Resources_parameters_mappings_and_conditions_are_found_by_their_names(string name)
    {
        var text = $$"""
            Parameters: { P{{name}}: { Type: String, Default: a }, {{name}}P: { Type: String, Default: b } }
            Conditions: { {{name}}: !Equals [a, a] }
            Mappings: { {{name}}: { {{name}}: { {{name}}: v } } }
            Resources:
              {{name}}: { Type: AWS::Serverless::Function, Condition: {{name}}, Properties: { {{Templates.Code}} } }
              G:
                Type: AWS::Serverless::Function
                DependsOn: {{name}}
                Properties:
                  CodeUri: s
                  Handler: a.b
                  Runtime: python3.12
                  Environment: { Variables: { A: !Ref {{name}}, B: { Ref: {{name}} },
                      C: { 'Fn::GetAtt': [{{name}}, Arn] }, D: !GetAtt [{{name}}, Arn], E: !Sub '${{{name}}}',
                      F: { 'Fn::If': [{{name}}, 1, 2] }, G: { 'Fn::FindInMap': [{{name}}, {{name}}, {{name}}] },
                      H: !If [{{name}}, 1, 2], I: !FindInMap [{{name}}, {{name}}, {{name}}] } }
              H: { Type: AWS::S3::Bucket, DependsOn: [{{name}}, G] }
            """;
        await Assert.That(Templates.Messages(text)).IsEmpty();
        var environment = Templates.Function(text, "G").Environment;
        await Assert.That(string.Join(' ', "ABEFGHI".Select(v => environment[v.ToString()])))
            .IsEqualTo($"{name} {name} {name} 1 v 1 v");
        await Assert.That(environment["C"]).IsEqualTo(environment["D"]).And.EndsWith($":function:{name}");
    }

    [Test]
    [Arguments("Authorizer")]
    [Arguments("DependsOn")]
    [Arguments("DefaultAuthorizer")]
    public async Task A_variable_that_is_called_like_a_reference_has_a_value(string variable) =>
        await Assert.That(Templates.Function(Templates.FunctionWith(
            $"Environment: {{ Variables: {{ {variable}: yes }} }}")).Environment[variable]).IsEqualTo("true");

    [Test]
    [Arguments("!GetAtt [!Ref N, Arn]")]
    [Arguments("!GetAtt [!Sub '${N}', Arn]")]
    [Arguments("!GetAtt [F, !Ref A]")]
    [Arguments("{ Ref: !Ref N }")]
    [Arguments("{ Ref: !Sub '${N}' }")]
    public async Task A_function_may_return_a_name(string expression)
    {
        const string Parameters =
            "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nParameters: { N: { Type: String, "
                + "Default: F }, A: { Type: String, Default: Arn }, Wrong: { Type: String, Default: Nobody } }\n";
        var text = Templates.FunctionWith("Timeout: 3", Parameters)
            + $"  G: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, Environment: {{ "
            + $"Variables: {{ V: {expression} }} }} }} }}\nOutputs: {{ O: {{ Value: {expression} }} }}\n";
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true })).IsEmpty();
        await Assert.That(Templates.Function(text, "G").Environment["V"]).EndsWith("F");
        foreach (var wrong in expression.Contains('N', StringComparison.Ordinal)
            ? [expression.Replace("Ref N", "Ref Wrong", StringComparison.Ordinal)
                .Replace("${N}", "${Wrong}", StringComparison.Ordinal)]
            : Array.Empty<string>())
            await Assert.That(string.Join('\n', Templates.Messages(Templates.FunctionWith("Timeout: 3", Parameters)
                + $"Outputs: {{ O: {{ Value: {wrong} }} }}\n"))).Contains("there is no parameter or resource 'Nobody'");
    }
}
