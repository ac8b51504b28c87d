using Esb.Sam.Values;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Resolving;

/// <summary>A secret of a template is in no message and no line of the receipt.</summary>
internal sealed class ConcealedValueTests
{
    private const string Secret = "T0P SECRET!";

    private const string Given =
        $"secrets: {{ db: {{ pw: '{Secret}', short: abc }}, whole: '{Secret}' }}\nssm: {{ /pw: '{Secret}' }}\n";

    [Test]
    [Arguments("MemorySize: !Ref Pw")]
    [Arguments("MemorySize: !Sub 'a-${Pw}-b'")]
    [Arguments("MemorySize: !Join ['', [!Ref Pw]]")]
    [Arguments("MemorySize: !Select [1, !Split ['-', !Sub 'x-${Pw}']]")]
    [Arguments("MemorySize: !Base64 { Ref: Pw }")]
    [Arguments("Runtime: !Ref Pw")]
    [Arguments("FunctionName: !Ref Pw")]
    [Arguments("Timeout: !Select [0, !Ref Many]")]
    [Arguments("MemorySize: '{{resolve:secretsmanager:db:SecretString:pw}}'")]
    [Arguments("MemorySize: '{{resolve:secretsmanager:db:SecretString:short}}'")]
    [Arguments("MemorySize: '{{resolve:secretsmanager:whole}}'")]
    [Arguments("MemorySize: '{{resolve:ssm-secure:/pw}}'")]
    [Arguments("Events: { E: { Type: !Ref Pw } }")]
    [Arguments("Events: { E: { Type: Schedule, Properties: { Schedule: !Ref Pw } } }")]
    [Arguments("Layers: [!Ref Pw]")]
    public async Task A_secret_value_of_a_property_is_shown_as_asterisks(string property)
    {
        const string Parameters = "Parameters: { Pw: { Type: String, NoEcho: true }, Many: { Type: CommaDelimitedList, "
            + "NoEcho: 'true', Default: 'T0P SECRET!,b' } }";
        var code =
            property.StartsWith("Runtime", StringComparison.Ordinal) ? "CodeUri: src, Handler: a.b" : Templates.Code;
        var text = $"{Parameters}\nResources: {{ F: {{ Type: AWS::Serverless::Function, Properties: {{ {code}, "
            + $"{property} }} }} }}";
        await HoldsNothing(
            text, new SamOptions { ParameterOverrides = new Dictionary<string, string> { ["Pw"] = Secret } });
    }

    [Test]
    [Arguments("AllowedPattern: '[a-z]+'")]
    [Arguments("AllowedValues: [a, b]")]
    [Arguments("MaxLength: 3")]
    [Arguments("Type: Number")]
    public async Task A_parameter_that_breaks_its_rules_is_named_and_not_shown(string rule)
    {
        var type = rule.StartsWith("Type", StringComparison.Ordinal) ? rule : "Type: String, " + rule;
        await HoldsNothing(
            $"Parameters: {{ Pw: {{ {type}, NoEcho: true, Default: '{Secret}' }} }}\nResources: {{ B: {{ "
                + $"Type: AWS::S3::Bucket }} }}", new SamOptions());
    }

    [Test]
    public async Task An_application_that_gets_a_secret_hides_it_like_its_parent()
    {
        using var project = new Project(
            ("template.yaml", "Parameters: { Pw: { Type: String, NoEcho: true, Default: 'T0P SECRET!' } }\nResources: "
                + "{ S: { Type: AWS::Serverless::Application, Properties: { Location: child.yaml, Parameters: { "
                + "P: !Ref Pw } } } }"),
            ("child.yaml", $$"""
            Parameters: { P: { Type: String } }
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  MemorySize: !Select [0, !Split [' ', !Ref P]] } }
            """));
        var said = string.Join('\n', project.Messages());
        await Assert.That(said).Contains("F: 'MemorySize' is '****'").And.DoesNotContain("T0P");
    }

    private static async Task HoldsNothing(string text, SamOptions options)
    {
        var diagnostics = new DiagnosticBag();
        var model = SamTemplate.Read(
            text, "t.yaml", options with { Values = GivenValues.Read(Given, "v.yaml", [])! }, diagnostics);
        var said = string.Join(
            '\n', [.. diagnostics.Select(d => d.ToString()), .. model?.Receipt.Select(l => l.Reason) ?? []]);
        await Assert.That(diagnostics.Count).IsNotEqualTo(0);
        await Assert.That(said).Contains("****").And.DoesNotContain("T0P").And.DoesNotContain(
            "SECRET").And.DoesNotContain("VDBQ").And.DoesNotContain("'abc'");
    }
}
