using CsCheck;
using Esb.Sam.Reading;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Resolving;

/// <summary>Unquoted values mean what they mean for CloudFormation and sam: YAML 1.1.</summary>
internal sealed class PlainScalarTests
{
    private const string Flag = "Parameters: { P: { Type: String, Default: False, AllowedValues: [True, "
        + "False] } }\nConditions: { Off: !Equals [!Ref P, 'false'] }";

    [Test]
    [Arguments("true", "true")]
    [Arguments("True", "true")]
    [Arguments("TRUE", "true")]
    [Arguments("yes", "true")]
    [Arguments("Yes", "true")]
    [Arguments("YES", "true")]
    [Arguments("on", "true")]
    [Arguments("On", "true")]
    [Arguments("ON", "true")]
    [Arguments("False", "false")]
    [Arguments("FALSE", "false")]
    [Arguments("no", "false")]
    [Arguments("No", "false")]
    [Arguments("NO", "false")]
    [Arguments("off", "false")]
    [Arguments("Off", "false")]
    [Arguments("OFF", "false")]
    [Arguments("y", "y")]
    [Arguments("N", "N")]
    [Arguments("tRUE", "tRUE")]
    [Arguments("yEs", "yEs")]
    [Arguments("1.10", "1.1")]
    [Arguments("3.0", "3.0")]
    [Arguments("3.00", "3.0")]
    [Arguments("10.", "10.0")]
    [Arguments("-0.50", "-0.5")]
    [Arguments("10.25", "10.25")]
    [Arguments("0010.5", "10.5")]
    [Arguments("42", "42")]
    [Arguments("+42", "42")]
    [Arguments("0", "0")]
    [Arguments("0123", "83")]
    [Arguments("-017", "-15")]
    [Arguments("065115117704", "7133765572")]
    [Arguments("0x1F", "31")]
    [Arguments("0b101", "5")]
    [Arguments("0128", "0128")]
    [Arguments("123456789012", "123456789012")]
    [Arguments("1e3", "1e3")]
    [Arguments("1.2.3", "1.2.3")]
    [Arguments("12345678.5", "12345678.5")]
    [Arguments("2012-10-17", "2012-10-17")]
    [Arguments("v1.10", "v1.10")]
    [Arguments("'True'", "True")]
    [Arguments("\"yes\"", "yes")]
    [Arguments("'1.10'", "1.10")]
    [Arguments("'0123'", "0123")]
    [Arguments("!!str True", "True")]
    [Arguments("!Sub True", "True")]
    [Arguments("!Join ['-', [True, 1.10, 'False']]", "true-1.1-False")]
    [Arguments("!Sub ['${a}', { a: No }]", "false")]
    [Arguments("!Select [0, [On, 'Off']]", "true")]
    [Arguments("!ToJsonString { a: True, b: yes, c: 'no', d: 1.10 }", "{\"a\":true,\"b\":true,\"c\":\"no\",\"d\":1.1}")]
    public async Task A_variable_has_the_text_of_what_is_written_without_quotes(string written, string text) =>
        await Assert.That(Templates.Value(written)).IsEqualTo(text);

    [Test]
    [Arguments("!Ref P", "false")]
    [Arguments("!Sub 'is ${P}'", "is false")]
    [Arguments("!If [Off, closed, open]", "closed")]
    public async Task A_parameter_whose_default_is_a_boolean_has_its_text(string expression, string text) =>
        await Assert.That(Templates.Value(expression, Flag)).IsEqualTo(text);

    [Test]
    [Arguments("True", "'true'", "same")]
    [Arguments("yes", "'true'", "same")]
    [Arguments("True", "'True'", "other")]
    [Arguments("1.10", "'1.1'", "same")]
    [Arguments("'1.10'", "'1.1'", "other")]
    [Arguments("0x10", "16", "same")]
    public async Task Equals_compares_the_texts_of_values(string left, string right, string outcome) =>
        await Assert.That(Templates.Value("!If [C, same, other]", $"Conditions: {{ C: !Equals [{left}, {right}] }}"))
            .IsEqualTo(outcome);

    [Test]
    public async Task An_override_is_a_text_and_is_compared_with_the_texts_of_allowed_values()
    {
        await Assert.That(Templates.Value("!Ref P", Flag, With("true"))).IsEqualTo("true");
        await Assert.That(Templates.Message(Templates.Variable("x", Flag), With("True")))
            .Contains("parameter 'P' is 'True'; allowed: true, false");
        await Assert.That(Templates.Value(
            "!Ref P", "Parameters: { P: { Type: Number, AllowedValues: [1.10, 2] } }", With("1.10"))).IsEqualTo("1.10");
    }

    [Test]
    public async Task A_map_is_found_by_the_text_of_its_keys() =>
        await Assert.That(Templates.Value(
            "!FindInMap [M, !Ref P, Size]",
            $"{Flag}\nMappings: {{ M: {{ True: {{ Size: 2 }}, False: {{ Size: 1 }} }} }}")).IsEqualTo("1");

    [Test]
    public async Task A_guard_that_depends_on_a_boolean_is_kept()
    {
        var model = Templates.Read(Templates.FunctionWith(
            "FunctionUrlConfig: { AuthType: !If [Off, AWS_IAM, NONE] }", Flag));
        await Assert.That(model.Functions.Single().Url!.NeedsSignature).IsTrue();
    }

    [Test]
    public void A_text_of_a_value_is_read_as_itself() =>
        Gen.OneOf(
            Gen.Int.Select(i => $"{i}"),
            Gen.Double[-1e8, 1e8].Select(d => d.ToString("F4", null)),
            Gen.Select(Gen.OneOf("0", "0x", "0b", "+", "-", ""), Gen.UInt).Select((p, n) => $"{p}{n}"),
            Gen.String[Gen.Char["yesnoYESNOtrufalTRUFAL01.-+x"], 0, 6])
            .Sample(written =>
            {
                var text = PlainScalars.TextOf(written);
                var read = PlainScalars.Read(new YamlScalar(written, plain: true));
                return PlainScalars.TextOf(text) == text
                    && read.Value == text
                    && read.IsPlain
                    && PlainScalars.Read(new YamlScalar(written)).Value == written;
            });

    private static SamOptions With(string value) =>
        new() { ParameterOverrides = new Dictionary<string, string> { ["P"] = value } };
}
