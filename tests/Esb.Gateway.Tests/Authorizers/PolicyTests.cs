using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Esb.Gateway.Authorizers;

namespace Esb.Gateway.Tests.Authorizers;

internal sealed class PolicyTests
{
    private const string AllowAnd = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},";

    [Test]
    public void A_pattern_with_asterisks_matches_exactly_what_the_same_regular_expression_matches() =>
        Gen.Select(Gen.OneOf('a', 'b', '*', '?').Array[0, 8], Gen.OneOf('a', 'b').Array[0, 10]).Sample(
            (pattern, text) =>
            {
                var expression =
                    "^" + string.Concat(pattern.Select(c => c switch { '*' => ".*", '?' => ".", _ => $"{c}" })) + "$";
                return PolicyDocument.Fits(new string(pattern), new string(text)) == Regex.IsMatch(
                    new string(text), expression);
            },
            iter: 5_000);

    [Test]
    [Arguments("execute-api:Invoke", "arn:aws:execute-api:eu-west-1:1:api/live/GET/a", true)]
    [Arguments("execute-api:*", "arn:aws:execute-api:*:*:api/live/*", true)]
    [Arguments("EXECUTE-API:invoke", "*", true)]
    [Arguments("execute-api:InvalidateCache", "*", false)]
    [Arguments("s3:*", "*", false)]
    [Arguments("*", "arn:aws:execute-api:eu-west-1:1:api/live/POST/*", false)]
    [Arguments("*", "arn:aws:execute-api:eu-west-1:1:api/live/GET/A", false)]
    public async Task A_statement_covers_a_request_by_action_and_resource(string action, string resource, bool covered)
    {
        using var json = JsonDocument.Parse(
            $$"""{"Statement":[{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}]}""");
        var verdict = PolicyDocument.Read(json.RootElement)!.Decide(
            new RequestArn("arn:aws:execute-api:eu-west-1:1:api/live/GET/a", []));
        await Assert.That(verdict).IsEqualTo(covered ? PolicyVerdict.Allowed : PolicyVerdict.Silent);
    }

    [Test]
    [Arguments(AllowAnd + """{"Effect":"Deny","Action":[],"Resource":"*"}]}""")]
    [Arguments(AllowAnd + """{"Effect":"Deny","Action":"*","Resource":[]}]}""")]
    [Arguments("""{"Version":"2099-01-01","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    [Arguments("""{"Version":2012,"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""")]
    public async Task A_policy_with_an_empty_denial_or_an_unknown_version_is_invalid(string policy)
    {
        using var json = JsonDocument.Parse(policy);
        await Assert.That(PolicyDocument.Read(json.RootElement)).IsNull();
    }

    [Test]
    [Arguments("""{"Effect":"Allow","Action":"*","Resource":"*","Conditions":{}}""")]
    [Arguments("""{"Effect":"Allow","Action":"*","Resource":"*","condition":{}}""")]
    [Arguments("""{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}""")]
    [Arguments("""{"Effect":"Allow","Action":"*","Resource":"*","NotPrincipal":"*"}""")]
    [Arguments("""{"Effect":"Allow","Action":"*","Resource":"*","x":1}""")]
    [Arguments("""{"Effect":"Allow","Action":"*","Resource":"*","NotResource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","NotAction":"*","Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":"*","Resource":"arn:aws:s3:::x"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*"}""")]
    [Arguments("""{"Effect":"Deny","Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":""}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":[""]}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":["*",""]}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":"x"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":"arn:aws:execute-api"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":" arn:aws:execute-api:*"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":"arn:aws:execute-api:*:*:*/*/GET/a\n"}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":[["*"]]}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","NotResource":[]}""")]
    [Arguments("""{"Effect":"Deny","Action":"*","Resource":null}""")]
    [Arguments("""{"Effect":"Deny","Action":"","Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Action":[""],"Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Action":"execute-api:Invoke ","Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Action":"Invoke","Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","Action":"execute-api:","Resource":"*"}""")]
    [Arguments("""{"Effect":"Deny","NotAction":"","Resource":"*"}""")]
    public async Task A_statement_outside_IAMs_grammar_makes_the_policy_invalid(string statement)
    {
        using var json = JsonDocument.Parse(
            """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},STATEMENT]}""".Replace(
                "STATEMENT", statement, StringComparison.Ordinal));
        await Assert.That(PolicyDocument.Read(json.RootElement)).IsNull();
    }

    [Test]
    [Arguments("\"statement\":[]")]
    [Arguments("\"Statements\":[]")]
    [Arguments("\"Condition\":{}")]
    [Arguments("\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]")]
    public async Task A_document_with_an_unknown_or_repeated_key_is_not_a_policy(string member)
    {
        using var json = JsonDocument.Parse(
            """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}],MEMBER}""".Replace(
                "MEMBER", member, StringComparison.Ordinal));
        await Assert.That(PolicyDocument.Read(json.RootElement)).IsNull();
    }

    [Test]
    [Arguments("""
        {"Version":"2012-10-17","Id":"p","Statement":{"Sid":"a","Effect":"Allow",
        "Action":["execute-api:Inv*","s3:Get?bject"],"Resource":["*","arn:aws:execute-api:*","*:live/*"]}}
        """)]
    [Arguments(
        """{"Statement":[{"Effect":"Allow","Action":"*:*","Resource":"arn:aws:execute-api:eu-west-1:1:api/*"}]}""")]
    public async Task Everything_in_the_grammar_is_accepted(string policy)
    {
        using var json = JsonDocument.Parse(policy);
        var verdict = PolicyDocument.Read(json.RootElement)!.Decide(
            new RequestArn("arn:aws:execute-api:eu-west-1:1:api/live/GET/a", []));
        await Assert.That(verdict).IsEqualTo(PolicyVerdict.Allowed);
    }

    [Test]
    [Arguments("""{"Effect":"Deny","NotAction":"s3:*","Resource":"arn:aws:s3:::x"}""")]
    [Arguments("""{"Effect":"Deny","Action":"s3:*","NotResource":"arn:aws:s3:::x"}""")]
    [Arguments("""{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::x","Condition":{}}""")]
    public async Task A_denial_with_a_condition_that_is_not_understood_denies_everything(string statement)
    {
        using var json = JsonDocument.Parse(
            """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},STATEMENT]}""".Replace(
                "STATEMENT", statement, StringComparison.Ordinal));
        await Assert.That(PolicyDocument.Read(json.RootElement)!.Decide(new RequestArn("arn:x", [])))
            .IsEqualTo(PolicyVerdict.Denied);
    }

    // Everything except the denial is allowed. The request is GET /a of the API 'api', stage 'live', in eu-west-1;
    // 'other' is also served here.
    [Test]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:api/live/GET/a", true)]
    [Arguments("arn:aws:execute-api:us-east-1:123456789012:api/live/GET/a", true)]
    [Arguments("arn:aws-cn:execute-api:cn-north-1:123456789012:a1b2c3d4e5/live/GET/a", true)]
    [Arguments("arn:aws:execute-api:*:*:a1b2c3d4e5/*/GET/*", true)]
    [Arguments("arn:aws:execute-api:*:*:*/live/*/a", true)]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5/other/GET/a", false)]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5/live/POST/a", false)]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:other/live/GET/a", false)]
    [Arguments("arn:aws:execute-api:us-east-1:123456789012:oth*/live/GET/a", false)]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:api/other/GET/a", false)]
    [Arguments("arn:aws:s3:eu-west-1:000000000000:api/live/GET/a", false)]
    public async Task A_denial_counts_for_an_unknown_API_id_and_not_for_another_API_of_this_machine(
        string resource,
        bool isDenied)
    {
        using var json = JsonDocument.Parse(
            AllowAnd + $$"""{"Effect":"Deny","Action":"*","Resource":"{{resource}}"}]}""");
        await Assert.That(PolicyDocument.Read(json.RootElement)!.Decide(Request))
            .IsEqualTo(isDenied ? PolicyVerdict.Denied : PolicyVerdict.Allowed);
    }

    [Test]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:api/live/GET/a", true)]
    [Arguments("arn:aws:execute-api:eu-west-1:123456789012:api/live/GET/a", false)]
    [Arguments("arn:aws:execute-api:us-east-1:000000000000:api/live/GET/a", false)]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:a1b2c3d4e5/live/GET/a", false)]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:other/live/GET/a", false)]
    [Arguments("arn:aws:execute-api:eu-west-1:000000000000:api/other/GET/a", false)]
    public async Task A_permission_for_another_API_stage_account_or_region_does_not_count_here(
        string resource,
        bool isAllowed)
    {
        using var json = JsonDocument.Parse(
            $$"""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"{{resource}}"}]}""");
        await Assert.That(PolicyDocument.Read(json.RootElement)!.Decide(Request))
            .IsEqualTo(isAllowed ? PolicyVerdict.Allowed : PolicyVerdict.Silent);
    }

    [Test]
    public async Task A_comparison_that_takes_too_long_allows_nothing_and_denies_what_it_might_deny()
    {
        var path = new string('a', 8_000);
        var pattern = "*" + new string('a', 3_500);
        const string Other = "arn:aws:s3:::x";
        var arn = new RequestArn("arn:aws:execute-api:eu-west-1:1:api/live/GET/" + path, []);
        foreach (var (allowed, denied, expected) in ((string, string, PolicyVerdict)[])[
            ("*", Other, PolicyVerdict.Allowed),
            (pattern + "b*", Other, PolicyVerdict.Silent),
            ("*", pattern + "b*", PolicyVerdict.Denied),
            (pattern, Other, PolicyVerdict.Allowed),
            ("*", pattern + "b", PolicyVerdict.Allowed),
            (pattern + "*", Other, PolicyVerdict.Allowed),
            ("*/GET/*", "*/POST/*", PolicyVerdict.Allowed),
            (arn.Text, Other, PolicyVerdict.Allowed),
        ])
        {
            using var json = JsonDocument.Parse(
                $$"""
                {"Statement":[{"Effect":"Allow","Action":"*","Resource":"{{allowed}}"},
                {"Effect":"Deny","Action":"*","Resource":"{{denied}}"}]}
                """);
            await Assert.That(PolicyDocument.Read(json.RootElement)!.Decide(arn)).IsEqualTo(expected)
                .Because(expected.ToString());
        }
    }

    private static RequestArn Request => new("arn:aws:execute-api:eu-west-1:000000000000:api/live/GET/a", [])
    {
        Apis = new HashSet<string> { "api", "other" },
    };
}
