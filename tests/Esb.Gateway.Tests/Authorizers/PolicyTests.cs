using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Esb.Gateway.Authorizers;

namespace Esb.Gateway.Tests.Authorizers;

internal sealed class PolicyTests
{
    [Test]
    public void A_pattern_with_asterisks_fits_exactly_what_the_same_regular_expression_fits() =>
        Gen.Select(Gen.OneOf('a', 'b', '*', '?').Array[0, 8], Gen.OneOf('a', 'b').Array[0, 10]).Sample(
            (pattern, text) =>
            {
                var expression = "^" + string.Concat(pattern.Select(c => c switch { '*' => ".*", '?' => ".", _ => $"{c}" })) + "$";
                return PolicyDocument.Fits(new string(pattern), new string(text)) == Regex.IsMatch(new string(text), expression);
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
        using var json = JsonDocument.Parse($$"""{"Statement":[{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}]}""");
        var verdict = PolicyDocument.Read(json.RootElement)!.Decide(new RequestArn("arn:aws:execute-api:eu-west-1:1:api/live/GET/a", []));
        await Assert.That(verdict).IsEqualTo(covered ? PolicyVerdict.Allowed : PolicyVerdict.Silent);
    }

    [Test]
    public async Task A_denial_with_a_condition_that_is_not_understood_denies_everything()
    {
        using var json = JsonDocument.Parse("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":"x","Resource":"y"}]}""");
        await Assert.That(PolicyDocument.Read(json.RootElement)!.Decide(new RequestArn("arn:x", []))).IsEqualTo(PolicyVerdict.Denied);
    }
}
