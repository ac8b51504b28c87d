namespace Esb.Sam.Tests.Resolving;

internal sealed class ParameterTests
{
    [Test]
    public async Task An_override_takes_precedence_over_the_default_of_the_parameter()
    {
        const string Sections = "Parameters: { Stage: { Type: String, Default: dev } }";
        await Assert.That(Templates.Value("!Ref Stage", Sections)).IsEqualTo("dev");
        await Assert.That(Templates.Value("!Ref Stage", Sections, With(("Stage", "prod")))).IsEqualTo("prod");
    }

    [Test]
    [Arguments(
        "{ Type: String }",
        null,
        "parameter 'P' has no value; give one with --parameter-overrides P=…, or a Default")]
    [Arguments("{ Type: String, AllowedValues: [dev, prod] }", "test", "parameter 'P' is 'test'; allowed: dev, prod")]
    [Arguments("{ Type: String, AllowedPattern: '[a-z]+' }", "A1", "parameter 'P' is 'A1'; it must match [a-z]+")]
    [Arguments(
        "{ Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: small letters only }",
        "A1",
        "parameter 'P' is 'A1'; small letters only")]
    [Arguments("{ Type: Number }", "many", "parameter 'P' is 'many'; it must be a number")]
    [Arguments("{ Type: Number, MinValue: 1, MaxValue: 9 }", "10", "parameter 'P' is '10'; it is out of bounds")]
    [Arguments("{ Type: String, MinLength: 3 }", "ab", "parameter 'P' is 'ab'; its length is out of bounds")]
    [Arguments("{ Type: String, MaxLength: 3 }", "abcd", "parameter 'P' is 'abcd'; its length is out of bounds")]
    public async Task A_value_that_breaks_a_rule_of_its_parameter_is_an_error(
        string parameter,
        string? value,
        string message)
    {
        var options = value is null ? new SamOptions() : With(("P", value));
        await Assert.That(Templates.Message(Templates.Variable("x", $"Parameters: {{ P: {parameter} }}"), options))
            .Contains(message);
    }

    [Test]
    public async Task A_default_is_checked_against_the_rules_like_an_override()
    {
        var said = Templates.Message(Templates.Variable(
            "x", "Parameters: { P: { Type: String, Default: c, AllowedValues: [a, b] } }"));
        await Assert.That(said).Contains("parameter 'P' is 'c'; allowed: a, b");
    }

    [Test]
    public async Task An_override_of_an_unknown_parameter_is_a_warning_with_a_suggestion()
    {
        var said = Templates.Message(
            Templates.Variable("!Ref Stage", "Parameters: { Stage: { Type: String, Default: dev } }"),
            With(("Stgae", "x")));
        await Assert.That(said).Contains("warning: the template has no parameter 'Stgae'; did you mean 'Stage'?");
    }

    [Test]
    public async Task Lists_of_any_type_are_split_at_their_commas()
    {
        var options = With(("Nets", "n1, n2"), ("Ports", "1,2"));
        const string Sections =
            "Parameters: { Nets: { Type: 'List<AWS::EC2::Subnet::Id>' }, Ports: { Type: List<Number> } }";
        await Assert.That(Templates.Value("!Join ['|', !Ref Nets]", Sections, options)).IsEqualTo("n1|n2");
        await Assert.That(Templates.Value("!Select [1, !Ref Ports]", Sections, options)).IsEqualTo("2");
    }

    private static SamOptions With(params (string Name, string Value)[] values) =>
        new() { ParameterOverrides = values.ToDictionary(v => v.Name, v => v.Value) };
}
