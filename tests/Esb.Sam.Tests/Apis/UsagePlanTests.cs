using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Apis;

/// <summary>
/// Which stages of which APIs the keys of a template open: as on AWS, the stages of their usage plans and nothing else.
/// </summary>
internal sealed class UsagePlanTests
{
    private const string Apis = """
        A: { Type: AWS::Serverless::Api, Properties: { StageName: p, Auth: { ApiKeyRequired: true } } }
        B: { Type: AWS::Serverless::Api, Properties: { StageName: p, Auth: { ApiKeyRequired: true } } }
        """;

    private const string Key =
        "K: { Type: AWS::ApiGateway::ApiKey, Properties: { Name: k, Enabled: true, Value: secret-value-of-twenty } }";

    private const string Link = "L: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref K, "
        + "KeyType: API_KEY, UsagePlanId: !Ref P } }";

    [Test]
    [Arguments(Key, "", "no usage plan connects it to an API, so it opens nothing")]
    [Arguments(
        Key + "\n" + Link + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { UsagePlanName: x } }",
        "",
        "its usage plan has no API, so it opens nothing")]
    [Arguments(
        Key + "\n" + Link + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [] } }",
        "",
        "its usage plan has no API, so it opens nothing")]
    [Arguments(
        Key + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref A, Stage: p }] } }",
        "",
        "no usage plan connects it to an API")]
    [Arguments(
        Key + "\n" + Link + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref A, "
            + "Stage: p }] } }", "A/p", "")]
    [Arguments(
        Key + "\n" + Link + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref A, "
            + "Stage: !Ref A.Stage }, { ApiId: !Ref B, Stage: p }] } }", "A/p B/p", "")]
    [Arguments(
        Key + "\n" + Link + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref A, "
            + "Stage: dev }] } }", "", "the stage 'dev' of 'A' is not served, only 'p' is")]
    [Arguments(
        Key + "\n" + Link + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref A }] } }",
        "",
        "it names no stage of an API")]
    [Arguments(
        Key + "\n" + Link + "\nP: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: abc123, "
            + "Stage: p }] } }", "", "the API 'abc123' is in no template that is deployed with it")]
    [Arguments(
        Key + "\nL: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref K, KeyType: API_KEY, "
            + "UsagePlanId: other } }", "", "the usage plan 'other' is in none of the templates")]
    public async Task A_key_opens_the_stages_of_its_usage_plan_and_nothing_without_one(
        string resources,
        string opens,
        string line)
    {
        var text = Template(resources);
        await Assert.That(Opens(text)).IsEqualTo($"k: {opens}".TrimEnd());
        var strict = string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }));
        if (line.Length == 0)
            await Assert.That(strict).DoesNotContain("error");
        else
            await Assert.That(strict).Contains("is ignored: " + line);
    }

    [Test]
    [Arguments("Enabled: true", true)]
    [Arguments("Enabled: 'true'", true)]
    [Arguments("Enabled: false", false)]
    [Arguments("Enabled: 'false'", false)]
    [Arguments("Enabled: FALSE", false)]
    [Arguments("Enabled: !Ref Off", false)]
    [Arguments("Description: AWS makes it without, and switched off", false)]
    public async Task A_disabled_key_is_written_as_such_so_that_a_live_one_is_disabled(string property, bool isOn)
    {
        var text = "Parameters: { Off: { Type: String, Default: 'false' } }\n" + Template(
            $"K: {{ Type: AWS::ApiGateway::ApiKey, Properties: {{ Name: k, Value: secret-value-of-twenty, "
                + $"{property} }} }}\n{Link}\nP: {{ Type: AWS::ApiGateway::UsagePlan, Properties: {{ "
                + $"ApiStages: [{{ ApiId: !Ref A, Stage: p }}] }} }}");
        var key = Keys(text).Single();
        await Assert.That((key.Name, key.Enabled, key.Value)).IsEqualTo(("k", isOn, "secret-value-of-twenty"));
        await Assert.That(Opens(text)).IsEqualTo(isOn ? "k: A/p" : "k:");
    }

    [Test]
    public async Task A_key_has_the_limits_of_its_plan_and_of_single_methods_the_strictest()
    {
        static string With(string throttle) => Template($"{Key}\n{Link}\nP: {{ Type: AWS::ApiGateway::UsagePlan, "
            + $"Properties: {{ Throttle: {{ RateLimit: 20, BurstLimit: 30 }}, Quota: {{ Limit: 9, Period: WEEK, "
            + $"Offset: 2 }}, ApiStages: [{{ ApiId: !Ref A, Stage: p{throttle} }}] }} }}");
        var key = Keys(With("")).Single();
        await Assert.That((key.Rate, key.Burst, key.Quota))
            .IsEqualTo((20, 30, new ApiKeyQuota(9, QuotaPeriod.Week, 2)));
        var methods = With(
            ", Throttle: { '/a/GET': { RateLimit: 2.5, BurstLimit: 40 }, '/b/GET': { RateLimit: 9, BurstLimit: 3 } }");
        key = Keys(methods).Single();
        await Assert.That((key.Rate, key.Burst)).IsEqualTo((2.5, 3));
        await Assert.That(string.Join('\n', Templates.Messages(methods, new SamOptions { Strict = true })))
            .Contains("P: ApiStages[0].Throttle is ignored: methods do not have their own limits");
    }

    [Test]
    public async Task A_key_in_two_plans_opens_the_stages_of_both_if_their_limits_are_the_same_or_else_of_the_first()
    {
        static string With(string limits) => Template($$"""
            {{Key}}
            P: { Type: AWS::ApiGateway::UsagePlan, Properties: { Throttle: { RateLimit: 5 },
                ApiStages: [{ ApiId: !Ref A, Stage: p }] } }
            Q: { Type: AWS::ApiGateway::UsagePlan, Properties: { {{limits}},
                ApiStages: [{ ApiId: !Ref B, Stage: p }] } }
            {{Link}}
            M: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref K, KeyType: API_KEY,
                UsagePlanId: !Ref Q } }
            """);
        await Assert.That(Opens(With("Throttle: { RateLimit: 5 }"))).IsEqualTo("k: A/p B/p");
        var other = With("Throttle: { RateLimit: 6 }");
        await Assert.That(Opens(other)).IsEqualTo("k: A/p");
        await Assert.That(string.Join('\n', Templates.Messages(other, new SamOptions { Strict = true })))
            .Contains("a key has the limits of one usage plan: what 'Q' opens in addition to 'P' stays closed to it");
    }

    [Test]
    public async Task A_plan_that_SAM_creates_opens_the_stage_of_its_API_to_its_key_and_to_other_keys_of_the_plan()
    {
        var text = $$"""
            Resources:
              C: { Type: AWS::Serverless::Api, Properties: { StageName: c,
                  Auth: { UsagePlan: { CreateUsagePlan: PER_API, Quota: { Limit: 3, Period: DAY } } } } }
              D: { Type: AWS::Serverless::Api, Properties: { StageName: d,
                  Auth: { UsagePlan: { CreateUsagePlan: SHARED } } } }
              E: { Type: AWS::Serverless::Api, Properties: { StageName: e,
                  Auth: { UsagePlan: { CreateUsagePlan: SHARED } } } }
              {{Key}}
              L: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref K, KeyType: API_KEY,
                  UsagePlanId: !Ref CUsagePlan } }
              K2: { Type: AWS::ApiGateway::ApiKey, Properties: { Enabled: true, Value: another-value-of-twenty } }
              L2: { Type: AWS::ApiGateway::UsagePlanKey, Properties: { KeyId: !Ref K2, KeyType: API_KEY,
                  UsagePlanId: !Ref ServerlessUsagePlan } }
            """;
        await Assert.That(Opens(text, "C/c D/d E/e"))
            .IsEqualTo("k: C/c | K2: D/d E/e | ServerlessApiKey: D/d E/e | CApiKey: C/c");
        await Assert.That(Keys(text)[0].Quota).IsEqualTo(new ApiKeyQuota(3, QuotaPeriod.Day));
    }

    [Test]
    public async Task APIs_that_share_a_plan_have_one_key_with_one_quota()
    {
        static string Text(int second) => $$"""
            Globals: { Api: { Auth: { ApiKeyRequired: true, UsagePlan: {
                CreateUsagePlan: SHARED, Quota: { Limit: 10, Period: DAY } } } } }
            Resources:
              D: { Type: AWS::Serverless::Api, Properties: { StageName: d } }
              E: { Type: AWS::Serverless::Api, Properties: { StageName: e,
                  Auth: { UsagePlan: { Quota: { Limit: {{second}} } } } } }
            """;
        var key = Keys(Text(10)).Single();
        await Assert.That((key.Name, key.Quota)).IsEqualTo(("ServerlessApiKey", new ApiKeyQuota(10, QuotaPeriod.Day)));
        await Assert.That(Opens(Text(10), "D/d E/e")).IsEqualTo("ServerlessApiKey: D/d E/e");
        await Assert.That(string.Join('\n', Templates.Messages(Text(10), new SamOptions { Strict = true })))
            .DoesNotContain("share one usage plan");
        await Assert.That(Keys(Text(20)).Single().Quota).IsEqualTo(new ApiKeyQuota(20, QuotaPeriod.Day));
        await Assert.That(string.Join('\n', Templates.Messages(Text(20), new SamOptions { Strict = true })))
            .Contains("D: Auth.UsagePlan is ignored: the APIs share one usage plan, and that of 'E' applies");
    }

    [Test]
    public async Task Two_keys_with_one_name_are_one_key_and_strict_refuses_that()
    {
        var text = Template($"{Key}\nK2: {{ Type: AWS::ApiGateway::ApiKey, Properties: {{ Name: k, Enabled: true, "
            + $"Value: another-value-of-twenty }} }}");
        await Assert.That(Keys(text).Single().Value).IsEqualTo("secret-value-of-twenty");
        await Assert.That(string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true })))
            .Contains("K2: Name is ignored: another key is also named 'k', and only that one is served");
    }

    [Test]
    [Arguments("short", "error: K2: 'Value' has 5 characters; allowed: 20 to 128")]
    [Arguments(
        "secret-value-of-twenty", "error: K2: the key has the same value as the key 'K'; give each key its own value")]
    public async Task A_value_that_AWS_refuses_is_an_error_that_does_not_show_it(string value, string expected)
    {
        var said = string.Join('\n', Templates.Messages(Template(
            $"{Key}\nK2: {{ Type: AWS::ApiGateway::ApiKey, Properties: {{ Enabled: true, Value: {value} }} }}")));
        await Assert.That(said).Contains(expected).And.DoesNotContain(value);
    }

    [Test]
    public async Task A_burst_without_a_rate_is_the_rate_as_well()
    {
        var key = Keys(Template($"{Key}\n{Link}\nP: {{ Type: AWS::ApiGateway::UsagePlan, Properties: {{ "
            + $"Throttle: {{ BurstLimit: 3 }}, ApiStages: [{{ ApiId: !Ref A, Stage: p }}] }} }}")).Single();
        await Assert.That((key.Rate, key.Burst)).IsEqualTo((3, 3));
    }

    [Test]
    public async Task A_plan_key_whose_key_is_in_no_template_is_a_line() =>
        await Assert.That(string.Join('\n', Templates.Messages(
            Template("P: { Type: AWS::ApiGateway::UsagePlan }\nL: { Type: AWS::ApiGateway::UsagePlanKey, Properties: "
                + "{ KeyId: abc, KeyType: API_KEY, UsagePlanId: !Ref P } }"), new SamOptions { Strict = true })))
            .Contains("L: KeyId is ignored: the API key 'abc' is in none of the templates");

    [Test]
    [Arguments("AWS::ApiGateway::RestApi", "Name: n", "AWS::ApiGateway::Stage", "RestApiId")]
    [Arguments("AWS::ApiGateway::RestApi", "Name: n", "AWS::ApiGateway::Deployment", "RestApiId")]
    [Arguments("AWS::ApiGatewayV2::Api", "Name: n, ProtocolType: HTTP", "AWS::ApiGatewayV2::Stage", "ApiId")]
    [Arguments("AWS::Serverless::Api", "StageName: dev", "AWS::ApiGateway::Stage", "RestApiId")]
    public async Task A_second_stage_of_an_API_is_reported_and_not_served(
        string api,
        string properties,
        string stage,
        string id)
    {
        var text = $$"""
            Resources:
              Api: { Type: {{api}}, Properties: { {{properties}} } }
              S1: { Type: {{stage}}, Properties: { {{id}}: !Ref Api, StageName: dev } }
              S2: { Type: {{stage}}, Properties: { {{id}}: !Ref Api, StageName: prod } }
            """;
        var said = string.Join('\n', Templates.Messages(text, new SamOptions { Strict = true }));
        await Assert.That(said)
            .Contains("S2: StageName is ignored: one stage of an API is served; for 'Api' it is 'dev'")
            .And.DoesNotContain("S1: StageName is ignored");
    }

    private static IReadOnlyList<ApiKeyDefinition> Keys(string text) =>
        RoutingFile.Read(Templates.Generate(text).Routing, []).ApiKeys;

    // The served stages that each key opens.
    private static string Opens(string text, string served = "A/p B/p")
    {
        return string.Join(" | ", Keys(text).Select(key => $"{key.Name}: {OpenedBy(key)}".TrimEnd()));

        string OpenedBy(ApiKeyDefinition key) =>
            string.Join(' ', served.Split(' ').Where(s => key.Opens(new RouteApi { Name = s[..1] }, s[2..])));
    }

    private static string Template(string resources) =>
        "Resources:\n" + string.Join('\n', (Apis + "\n" + resources).Split('\n').Select(l => "  " + l)) + "\n";
}
