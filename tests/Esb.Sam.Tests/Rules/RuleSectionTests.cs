using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Rules;

/// <summary>A template that violates its own <c>Rules</c> is not deployed.</summary>
internal sealed class RuleSectionTests
{
    private const string Parameters = """
        Parameters:
          Stage: { Type: String, Default: prod }
          Auth: { Type: String, Default: none }
          Zones: { Type: CommaDelimitedList, Default: 'a,b' }
          Net: { Type: AWS::EC2::VPC::Id, Default: vpc-1 }
          Other: { Type: AWS::EC2::VPC::Id, Default: vpc-2 }

        """;

    [Test]
    [Arguments("!Equals [!Ref Stage, prod]", true)]
    [Arguments("!Equals [!Ref Auth, iam]", false)]
    [Arguments("!Not [!Equals [!Ref Auth, iam]]", true)]
    [Arguments("!And [!Equals [!Ref Stage, prod], !Equals [!Ref Auth, iam]]", false)]
    [Arguments("!Or [!Equals [!Ref Stage, prod], !Equals [!Ref Auth, iam]]", true)]
    [Arguments("!Contains [[dev, prod], !Ref Stage]", true)]
    [Arguments("{ 'Fn::Contains': [[dev, test], { Ref: Stage }] }", false)]
    [Arguments("!Contains [!Ref Zones, b]", true)]
    [Arguments("!EachMemberEquals [[prod, prod], !Ref Stage]", true)]
    [Arguments("!EachMemberEquals [!Ref Zones, a]", false)]
    [Arguments("!EachMemberIn [!Ref Zones, [a, b, c]]", true)]
    [Arguments("!EachMemberIn [!Ref Zones, [a]]", false)]
    [Arguments("!EachMemberIn [!RefAll 'AWS::EC2::VPC::Id', [vpc-1, vpc-2]]", true)]
    [Arguments("!Contains [!RefAll 'AWS::EC2::VPC::Id', vpc-3]", false)]
    [Arguments("!Not [!Contains [[prod], !Ref Stage]]", false)]
    public async Task An_assertion_is_true_or_the_template_is_refused(string assertion, bool holds)
    {
        var messages = Templates.Messages(With(
            $"{{ Assertions: [{{ Assert: {assertion}, AssertDescription: prod needs a guard }}] }}"));
        await Assert.That(string.Join('\n', messages)).IsEqualTo(holds ? "" : messages.Single(
            m => m.Contains("error: rule 'R' is violated; prod needs a guard", StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_violated_rule_names_its_place()
    {
        const string Text = "Rules:\n  R:\n    Assertions:\n      - Assert: !Equals [a, b]\n      - "
            + "Assert: !Equals [a, a]\n      - Assert: !Equals [a, c]\n        AssertDescription: c it is\n";
        var messages = Templates.Messages(Text + Templates.FunctionWith("Timeout: 3"));
        await Assert.That(messages).Count().IsEqualTo(2);
        await Assert.That(messages[0]).Contains("t.yaml:4:")
            .And.Contains("rule 'R' is violated; the values of parameters violate it");
        await Assert.That(messages[1]).Contains("t.yaml:6:").And.Contains("rule 'R' is violated; c it is");
    }

    [Test]
    [Arguments("!Equals [!Ref Stage, prod]", false)]
    [Arguments("!Equals [!Ref Stage, dev]", true)]
    [Arguments("null", false)]
    public async Task A_rule_with_a_condition_applies_if_that_is_true(string condition, bool isRight) =>
        await Assert.That(Templates.Messages(With($"{{ RuleCondition: {condition}, Assertions: [{{ "
            + $"Assert: !Equals [!Ref Auth, iam] }}] }}")).Count == 0).IsEqualTo(isRight);

    [Test]
    public async Task Parameter_values_that_are_given_decide()
    {
        var text = With(
            "{ RuleCondition: !Equals [!Ref Stage, prod], Assertions: [{ Assert: !Equals [!Ref Auth, iam] }] }");
        foreach (var (name, value) in new[] { ("Stage", "dev"), ("Auth", "iam") })
            await Assert.That(Templates.Messages(text, new SamOptions
            {
                ParameterOverrides = new Dictionary<string, string> { [name] = value },
                Strict = true,
            })).IsEmpty();
    }

    [Test]
    [Arguments("!EachMemberIn [!ValueOfAll ['AWS::EC2::Subnet::Id', VpcId], !RefAll 'AWS::EC2::VPC::Id']")]
    [Arguments("!Equals [!ValueOf [Net, Tags.Stage], !Ref Stage]")]
    public async Task A_rule_that_depends_on_what_only_AWS_knows_is_a_line(string assertion)
    {
        var text = With($"{{ Assertions: [{{ Assert: {assertion} }}] }}");
        await Assert.That(Templates.Read(text).Receipt)
            .Contains(l => l.Resource == "Rules" && l.Property == "R" && l.Outcome == Outcome.Ignored);
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true })).Contains(m => m.Contains(
            "error: Rules: R is ignored: it depends on what only the AWS account knows", StringComparison.Ordinal));
    }

    [Test]
    [Arguments("!Contains [[eu-west-1], !Ref 'AWS::Region']", "AWS::Region")]
    [Arguments("!Equals ['123456789012', !Ref 'AWS::AccountId']", "AWS::AccountId")]
    [Arguments("!Contains [[eu-west-1-prod], !Sub '${AWS::Region}-${Stage}']", "AWS::Region")]
    [Arguments("!Not [!Equals [!Ref 'AWS::Partition', aws]]", "AWS::Partition")]
    public async Task An_assertion_that_only_this_machine_violates_is_a_line(string assertion, string pseudo)
    {
        var text = With($"{{ Assertions: [{{ Assert: {assertion} }}] }}");
        await Assert.That(Templates.Read(text).Receipt).Contains(l => l.Resource == "Rules"
            && l.Property == "R"
            && l.Outcome == Outcome.Ignored
            && l.Reason.StartsWith(pseudo, StringComparison.Ordinal));
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true }))
            .Contains(m => m.Contains("error: Rules: R is ", StringComparison.Ordinal)
                && m.Contains($"{pseudo} differs from AWS", StringComparison.Ordinal));
        await Assert.That(Templates.Read(With(
            $"{{ RuleCondition: {assertion}, Assertions: [{{ Assert: !Equals [a, b] }}] }}")).Receipt)
            .Contains(l => l.Resource == "Rules" && l.Property == "R" && l.Outcome == Outcome.Ignored);
    }

    [Test]
    [Arguments("!Contains [[us-east-1], !Ref 'AWS::Region']")]
    [Arguments("!Equals [!Ref 'AWS::Partition', aws]")]
    public async Task A_true_assertion_about_the_region_is_not_a_line(string assertion) =>
        await Assert.That(Templates.Messages(
            With($"{{ Assertions: [{{ Assert: {assertion} }}] }}"), new SamOptions { Strict = true })).IsEmpty();

    [Test]
    public async Task A_rule_about_the_name_of_the_stack_is_checked() =>
        await Assert.That(string.Join(
            '\n', Templates.Messages(With("{ Assertions: [{ Assert: !Equals [!Ref 'AWS::StackName', nobody] }] }"))))
            .Contains("error: rule 'R' is violated");

    [Test]
    [Arguments("[]", "rule 'R' must be a mapping, but is a list")]
    [Arguments("{ Assertions: [] }", "rule 'R': 'Assertions' is missing")]
    [Arguments("{ RuleCondition: !Equals [a, a] }", "rule 'R': 'Assertions' is missing")]
    [Arguments("{ Assertions: { Assert: !Equals [a, a] } }", "rule 'R': 'Assertions' must be a list")]
    [Arguments("{ Assertions: [{ AssertDescription: x }] }", "rule 'R', Assertions: 'Assert' is missing")]
    [Arguments(
        "{ Assertion: [{ Assert: !Equals [a, a] }] }", "rule 'R': unknown key 'Assertion'; did you mean 'Assertions'?")]
    [Arguments(
        "{ Assertions: [{ Assert: !Equals [a, a], Description: x }] }",
        "rule 'R', Assertions: unknown key 'Description'")]
    [Arguments("{ Assertions: [{ Assert: maybe }] }", "an assertion of rule 'R' must be true or false, but is 'maybe'")]
    [Arguments(
        "{ Assertions: [{ Assert: !Ref Stage }] }", "an assertion of rule 'R' must be true or false, but is 'prod'")]
    [Arguments(
        "{ Assertions: [{ Assert: !Equals [!Ref Stge, a] }] }",
        "there is no parameter or resource 'Stge'; did you mean 'Stage'?")]
    [Arguments("{ Assertions: [{ Assert: !Contains [a, b] }] }", "Fn::Contains needs a list of text and a text")]
    [Arguments("{ Assertions: [{ Assert: !EachMemberIn [[a], a] }] }", "Fn::EachMemberIn needs two lists of text")]
    public async Task An_invalid_rule_is_an_error(string rule, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(With(rule)))).Contains("error: ").And.Contains(message);

    [Test]
    public async Task Functions_of_rules_belong_in_rules() =>
        await Assert.That(Templates.Message(Templates.Variable("!Contains [[a], a]")))
            .Contains("Fn::Contains is not a function that can be used here");

    private static string With(string rule) =>
        Parameters + $"Rules:\n  R: {rule}\n" + Templates.FunctionWith("Timeout: 3");
}
