using Esb.Cli.Commands;
using Esb.Cli.Templates;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Templates;

internal sealed class SamConfigTests : IDisposable
{
    private const string Config = """
        version = 0.1 # of the format
        [default.deploy.parameters]
        stack_name = "orders"
        parameter_overrides = "Stage=\"dev\" Level=DEBUG"
        [prod.global.parameters]
        stack_name = 'orders-prod'
        [prod.deploy.parameters]
        template_file = "other.yaml"
        parameter_overrides = [
          "Stage=prod", # a comment
          "ParameterKey=Level,ParameterValue=INFO",
        ]
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("esb-samconfig-").FullName;

    [Test]
    public async Task Each_environment_has_its_own_values_and_default_is_for_those_without()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.toml"), Config);
        var prod = SamConfig.Read(_root, "prod");
        await Assert.That((prod.StackName, prod.TemplateFile)).IsEqualTo(("orders-prod", "other.yaml"));
        await Assert.That(Overrides(prod)).IsEqualTo("Stage=prod Level=INFO");
        var other = SamConfig.Read(_root, "test");
        await Assert.That((other.StackName, other.TemplateFile)).IsEqualTo(("orders", null));
        await Assert.That(Overrides(other)).IsEqualTo("Stage=dev Level=DEBUG");
    }

    [Test]
    public async Task The_YAML_form_of_the_file_is_read_too()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.yaml"), "dev: { deploy: { parameters: "
            + "{ stack_name: s, parameter_overrides: { Stage: x, Text: 'two words A=b \"', Names: [a, b] } } } }\n");
        await Assert.That(string.Join('|', SamConfig.Read(_root, "dev")
            .ParameterValues.Select(p => $"{p.Name}={p.Value}"))).IsEqualTo("Stage=x|Text=two words A=b \"|Names=a,b");
    }

    [Test]
    public async Task Quotes_that_TOML_escapes_stay_in_their_value_and_later_parameters_are_read()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.toml"), "[default.deploy.parameters]\n"
            + "parameter_overrides = \"Text=\\\"say \\\\\\\"hi\\\\\\\" now\\\" Stage=prod\"\n");
        await Assert.That(Overrides(SamConfig.Read(_root, "dev"))).IsEqualTo("Text=say \"hi\" now Stage=prod");
    }

    [Test]
    public async Task A_file_that_is_not_TOML_ends_the_command_with_its_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.toml"), "[default]\nstack_name = orders\n");
        var failure = Assert.Throws<CommandFailure>(() => SamConfig.Read(_root, "dev"));
        await Assert.That(failure.Diagnostics.Single().ToString())
            .Contains("samconfig.toml:2:14: error: not valid TOML: Unexpected token `orders` for a value");
    }

    [Test]
    [Arguments("a.b.\"c d\" = 1", "a: b: c d: 1")]
    [Arguments("[x.y]\nz = true\n[x]\nw = -1.5", "x: y: z: true w: -1.5")]
    [Arguments("s = \"\"\"\none \\\n  two\"\"\"", "s: one two")]
    [Arguments("s = 'C:\\x' \nt = \"\\u00e9\\n\"", "s: C:\\x t: é\n")]
    [Arguments("l = [1, [2, 3], { k = 'v', n = [] }]", "l: 1 2 3 k: v n: ")]
    [Arguments("i = { a.b = 1, \"c d\" = 2 }", "i: a: b: 1 c d: 2")]
    public async Task TOML_is_read_as_the_tree_that_it_describes(string text, string expected)
    {
        var diagnostics = new DiagnosticBag();
        await Assert.That(Flat(Toml.Read(text, "t.toml", diagnostics)!)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("a = ")]
    [Arguments("a = \"x")]
    [Arguments("a = [1")]
    [Arguments("[a")]
    [Arguments("= 1")]
    [Arguments("a = 1 2")]
    [Arguments("a = \"\\uD800\"")]
    [Arguments("a = 1\na = 2")]
    [Arguments("[a]\n[a]")]
    [Arguments("a = 1\n[a]")]
    [Arguments("a.b = 1\na.b.c = 2")]
    [Arguments("a = { b = 1, b = 2 }")]
    [Arguments("[[a]]\nb = 1")]
    public async Task Text_that_is_not_TOML_is_an_error_and_not_a_crash(string text)
    {
        var diagnostics = new DiagnosticBag();
        await Assert.That(Toml.Read(text, "t.toml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().Message).StartsWith("not valid TOML: ");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Overrides(SamConfig config) =>
        string.Join(' ', ParameterOverrides.Parse(config.ParameterOverrides, []).Select(p => $"{p.Key}={p.Value}"));

    private static string Flat(YamlNode node) => node switch
    {
        YamlMapping map => string.Join(' ', map.Entries.Select(e => $"{e.Key.Value}: {Flat(e.Value)}")),
        YamlSequence list => string.Join(' ', list.Items.Select(Flat)),
        _ => node.ToString()!,
    };
}
