using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Functions;

/// <summary>
/// <c>Metadata: ESB: Defaults</c>: the defaults that a template sets for all functions of the platform.
/// </summary>
internal sealed class PlatformDefaultTests
{
    private const string Resources =
        $"\nResources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}\n";

    [Test]
    public async Task Defaults_of_a_template_are_written_to_functions_yml_with_intrinsics_resolved()
    {
        var files = Templates.Generate(
            """
            Parameters:
              Level: { Type: String, Default: DEBUG }
              Longest: { Type: Number, Default: 30 }
            Metadata:
              AWS::CloudFormation::Interface: { ParameterGroups: [] }
              ESB:
                Defaults:
                  environment: { LOG_LEVEL: !Ref Level, REGION: !Sub '${AWS::Region}' }
                  scaling: { max_capacity: 4, idle_timeout: '60' }
                  timeout: !Ref Longest
                  memory_size: 256

            """ + Resources);
        await Assert.That(YamlTextWriter.Write(YamlMapping.Of(("defaults", files.Functions["defaults"])))).IsEqualTo(
            "defaults:\n  environment:\n    LOG_LEVEL: DEBUG\n    REGION: us-east-1\n  scaling:\n    max_capacity: "
                + "4\n    idle_timeout: 60\n  timeout: 30\n  memory_size: 256\n");
    }

    [Test]
    public async Task Without_such_metadata_the_generated_file_has_no_defaults() =>
        await Assert.That(Templates.Generate("Metadata: { ESB: { Defaults: { timeout: !Ref AWS::NoValue } } }"
            + Resources).Functions["defaults"]).IsNull();

    [Test]
    [Arguments(
        "{ ESB: { Defaults: { timeout: 901 } } }",
        "t.yaml:1:41: error: Metadata, ESB, Defaults: 'timeout' is '901'; allowed: a whole number from 1 to 900")]
    [Arguments(
        "{ ESB: { Defaults: { environment: { A: [b] } } } }",
        "t.yaml:1:50: error: Metadata, ESB, Defaults: 'environment.A' must be text, but is a list")]
    [Arguments(
        "{ ESB: { Defaults: { Timeout: 9 } } }",
        "t.yaml:1:32: error: Metadata, ESB, Defaults: unknown key 'Timeout'; did you mean 'timeout'?")]
    [Arguments("{ ESB: { Defaults: { scaling: { maximum: 9 } } } }", "t.yaml:1:43: error: Metadata, ESB, Defaults, "
        + "scaling: unknown key 'maximum'; allowed: min_capacity, max_capacity, idle_timeout, acquire_timeout")]
    [Arguments(
        "{ ESB: { Default: { timeout: 9 } } }",
        "t.yaml:1:20: error: Metadata, ESB: unknown key 'Default'; did you mean 'Defaults'?")]
    [Arguments("{ ESB: { Defaults: [timeout] } }", "t.yaml:1:30: error: Metadata, ESB: 'Defaults' must be a mapping, "
        + "but is a list; allowed: environment, scaling, timeout, memory_size")]
    [Arguments("{ ESB: 7 }", "t.yaml:1:18: error: Metadata: 'ESB' must be a mapping, but is text; for example "
        + "ESB: { Defaults: { timeout: 30 } }")]
    public async Task A_wrong_default_is_an_error_with_its_place(string metadata, string message) =>
        await Assert.That(Templates.Message("Metadata: " + metadata + Resources)).IsEqualTo(message);
}
