using Esb.Sam.Generating;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Generating;

internal sealed class ApiKeyVariableTests
{
    [Test]
    [Arguments(null, "MyApiApiKey", "API_KEY_MY_API_API_KEY")]
    [Arguments("shop", "OrdersApiKey", "API_KEY_SHOP__ORDERS_API_KEY")]
    [Arguments("shop-dev", "ApiApiKey", "API_KEY_SHOP_DEV__API_API_KEY")]
    [Arguments("shop", "Key2", "API_KEY_SHOP__KEY2")]
    [Arguments("shop", "partner-a", "API_KEY_SHOP__PARTNERA___")]
    [Arguments("Shop", "Key", "API_KEY_SHOP__KEY___")]
    [Arguments("shop", "鍵", "API_KEY_SHOP___")]
    public async Task An_unambiguous_name_is_written_unchanged_and_any_other_has_a_hash(
        string? application,
        string name,
        string expected)
    {
        var variable = ApiKeyVariable.Of(application, name);
        await Assert.That(expected.EndsWith("___", StringComparison.Ordinal) ? variable[..^8] : variable)
            .IsEqualTo(expected);
    }

    [Test]
    public async Task No_two_keys_share_a_variable()
    {
        string?[] applications =
            [null, "a", "A", "b", "a-b", "a--b", "ab", "aB", "a-b-", "esb", "api", "key", "api-key"];
        string[] names =
        [
            "partner-a", "partner_a", "PartnerA", "partnera", "partnerA", "Partnera", "キー", "鍵", "-", "_", "a b",
            "a.b", "a-b", "A-B", "aB", "AB", "A_B", "ABc", "ApiApiKey", "ApiapiKey", "APIApiKey", "1a", "A1", "a1",
            "B", "Key", "B__C", "É",
        ];
        var variables = applications.SelectMany(a => names.Select(n => ApiKeyVariable.Of(a, n))).ToList();
        await Assert.That(variables.Distinct().Count()).IsEqualTo(applications.Length * names.Length);
        await Assert.That(variables.All(v => v.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
            && char.IsAsciiLetter(v[0]))).IsTrue();
    }

    [Test]
    public async Task Two_applications_with_APIs_of_one_name_have_keys_with_different_variables()
    {
        var template = Templates.Read($$"""
            Resources:
              Api: { Type: AWS::Serverless::Api, Properties: { StageName: v1,
                  Auth: { ApiKeyRequired: true, UsagePlan: { CreateUsagePlan: PER_API } } } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
                  Events: { E: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: get } } } } }
            """);
        var variables = new[] { "one", "two" }.Select(
            a => ((YamlMapping)((YamlSequence)FilesGenerator.Generate(template, application: a).Routing["api_keys"]!)
                .Items.Single())["value_env"]!.ToString()!);
        await Assert.That(string.Join(' ', variables)).IsEqualTo("API_KEY_ONE__API_API_KEY API_KEY_TWO__API_API_KEY");
    }
}
