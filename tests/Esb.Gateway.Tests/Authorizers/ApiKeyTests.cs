using Esb.Gateway.Authorizers;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Tests.Serving;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.Authorizers;

internal sealed class ApiKeyTests
{
    private const string Routes =
        """
        routes:
          - { path: /a, function: echo, api: shop, authorizer: { type: api_key } }
          - { path: /b, function: echo, payload: "2.0", api: other, authorizer: { type: api_key } }

        """;

    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 23, 59, 50, TimeSpan.Zero));

    [Test]
    public async Task A_route_with_an_API_key_accepts_a_valid_key_and_passes_its_id_to_the_function()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            Routes + "api_keys: [{ name: partner, value: secret-1 }]", Echo.Function);
        await Assert.That((await gateway.GetAsync("/a")).Summary()).IsEqualTo("""403 {"message":"Forbidden"}""");
        var wrong = await gateway.GetAsync("/a", "x-api-key: secret-2");
        await Assert.That(wrong.Summary()).IsEqualTo("""403 {"message":"Forbidden"}""");
        await Assert.That(wrong.Lines("x-amzn-ErrorType")).IsEqualTo("x-amzn-ErrorType: ForbiddenException");
        await Assert.That((await gateway.GetAsync("/a", "x-api-key: " + new string('k', 2000))).Status).IsEqualTo(403);
        var identity = (await gateway.GetAsync("/a", "X-Api-Key: secret-1")).Event()["requestContext"]!["identity"]!;
        await Assert.That($"{identity["apiKey"]} {identity["apiKeyId"]}").IsEqualTo("secret-1 partner");
        await Assert.That((await gateway.GetAsync("/b", "x-api-key: secret-1")).Status).IsEqualTo(200);
    }

    [Test]
    public async Task A_key_opens_only_the_APIs_that_it_names_and_one_whose_variable_is_not_set_opens_nothing()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            Routes + "api_keys: [{ name: partner, value: secret-1, apis: [shop] }, { name: unset, "
                + "value_env: ESB_TEST_NO_SUCH_VARIABLE }]", Echo.Function);
        await Assert.That((await gateway.GetAsync("/a", "x-api-key: secret-1")).Status).IsEqualTo(200);
        await Assert.That((await gateway.GetAsync("/b", "x-api-key: secret-1")).Status).IsEqualTo(403);
        await Assert.That((await gateway.GetAsync("/a", "x-api-key:")).Status).IsEqualTo(403);
    }

    // SAM's implicit API has the same logical id in every template.
    [Test]
    public async Task A_key_of_one_application_opens_no_API_of_another_that_has_the_same_id()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            """
            routes:
              - { path: /a, function: echo, api: ServerlessRestApi, application: a, authorizer: { type: api_key } }
              - { path: /b, function: echo, api: ServerlessRestApi, application: b, authorizer: { type: api_key } }
              - { path: /old, function: echo, api: ServerlessRestApi, authorizer: { type: api_key } }
            api_keys:
              - { name: k, value: of-a, application: a, apis: [ServerlessRestApi] }
              - { name: k, value: of-b, application: b, apis: [ServerlessRestApi] }
              - { name: hand, value: of-all, apis: [ServerlessRestApi] }
            """,
            Echo.Function);
        async Task<string> Statuses(string key) => string.Join(' ', await Task.WhenAll(((string[])["/a", "/b", "/old"])
            .Select(async p => (await gateway.GetAsync(p, "x-api-key: " + key)).Status)));
        await Assert.That(await Statuses("of-a")).IsEqualTo("200 403 403");
        await Assert.That(await Statuses("of-b")).IsEqualTo("403 200 403");
        await Assert.That(await Statuses("of-all")).IsEqualTo("200 200 200");
    }

    [Test]
    [Arguments("[{ name: k, value: s, apis: [] }]", "403 403")]
    [Arguments("[{ name: k, value: s, enabled: false }]", "403 403")]
    [Arguments("[{ name: k, value: s, apis: [{ api: shop, stage: Prod }] }]", "200 403")]
    [Arguments(
        "[{ name: k, value: s, apis: [{ api: shop, stage: dev }, { api: other, stage: $default }] }]", "403 200")]
    [Arguments("[{ name: before, value: s }, { name: k, value: s, enabled: false }]", "403 403")]
    [Arguments("[{ name: before, value: s }, { name: k, value: s, apis: [shop] }]", "200 200")]
    [Arguments("[{ name: one, value: s, apis: [shop] }, { name: two, value: s, apis: [other] }]", "200 200")]
    [Arguments("[{ name: one, value: s, apis: [shop] }, { name: two, value: s, apis: [] }]", "403 403")]
    [Arguments("[{ name: one, value: s, enabled: false }, { name: two, value: s, apis: [other] }]", "403 200")]
    [Arguments("[{ name: one, value_env: PATH, apis: [shop] }, { name: two, value: s, apis: [other] }]", "403 200")]
    [Arguments("[{ name: k, value: s, expires: 2001-01-01 }]", "403 403")]
    public async Task A_key_opens_the_stages_that_it_names_and_nothing_if_it_names_none_or_is_disabled(
        string keys,
        string expected)
    {
        await using var gateway = await ServedConfiguration.StartAsync(Routes + $"api_keys: {keys}", Echo.Function);
        await Assert.That($"{(await gateway.GetAsync("/a", "x-api-key: s")).Status} "
            + $"{(await gateway.GetAsync("/b", "x-api-key: s")).Status}").IsEqualTo(expected);
    }

    [Test]
    public async Task A_key_that_a_reload_disables_is_403_at_once_and_keeps_its_usage_when_it_is_enabled_again()
    {
        static string Keys(string more) =>
            $"api_keys: [{{ name: k, value: s, quota: {{ limit: 3, period: DAY, offset: 1 }}{more} }}]";
        await using var gateway = await ServedConfiguration.StartAsync(_time, Routes + Keys(""), Echo.Function);
        await Assert.That(await StatusesAsync(gateway, 1)).IsEqualTo("200");
        gateway.Reload(Routes + Keys(", enabled: false"));
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("403 403");
        gateway.Reload(Routes + Keys(""));
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("200 429");
        _time.Advance(TimeSpan.FromSeconds(20));
        await Assert.That(await StatusesAsync(gateway, 4)).IsEqualTo("200 200 200 429");
    }

    [Test]
    public async Task Keys_of_two_applications_with_the_same_value_open_their_own_APIs_and_within_one_the_later_one()
    {
        const string Two =
            """
            routes:
              - { path: /a, function: echo, api: Api, application: a, authorizer: { type: api_key } }
              - { path: /b, function: echo, api: Api, application: b, authorizer: { type: api_key } }
            api_keys:
              - { name: k, value: same, application: a, apis: [Api] }
              - { name: k, value: same, application: b, apis: [Api] }

            """;
        await using var gateway = await ServedConfiguration.StartAsync(Two, Echo.Function);
        async Task<string> Statuses() => $"{(await gateway.GetAsync("/a", "x-api-key: same")).Status} "
            + $"{(await gateway.GetAsync("/b", "x-api-key: same")).Status}";
        await Assert.That(await Statuses()).IsEqualTo("200 200");
        gateway.Reload(Two + "  - { name: l, value: same, application: a, apis: [Api], enabled: false }\n");
        await Assert.That(await Statuses()).IsEqualTo("403 200");
    }

    [Test]
    public async Task A_key_may_use_its_burst_and_then_gets_429_until_its_rate_has_refilled_it()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            _time, Routes + "api_keys: [{ name: partner, value: s, rate: 2, burst: 3 }]", Echo.Function);
        await Assert.That(await StatusesAsync(gateway, 5)).IsEqualTo("200 200 200 429 429");
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("200 429");
        var refused = await gateway.GetAsync("/a", "x-api-key: s");
        await Assert.That(refused.Summary()).IsEqualTo("""429 {"message":"Too Many Requests"}""");
        _time.Advance(TimeSpan.FromHours(1));
        await Assert.That(await StatusesAsync(gateway, 4)).IsEqualTo("200 200 200 429");
    }

    [Test]
    public async Task A_quota_that_is_used_up_is_429_until_the_next_period_also_after_a_reload()
    {
        const string Keys = "api_keys: [{ name: partner, value: s, quota: { limit: 2, period: DAY } }]";
        await using var gateway = await ServedConfiguration.StartAsync(_time, Routes + Keys, Echo.Function);
        await Assert.That(await StatusesAsync(gateway, 1)).IsEqualTo("200");
        gateway.Reload(Routes + "  - { path: /c, function: echo }\n" + Keys);
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("200 429");
        await Assert.That((await gateway.GetAsync("/a", "x-api-key: s")).Summary())
            .IsEqualTo("""429 {"message":"Limit Exceeded"}""");
        _time.Advance(TimeSpan.FromSeconds(20));
        await Assert.That(await StatusesAsync(gateway, 3)).IsEqualTo("200 200 429");
    }

    [Test]
    [Arguments("{ name: k, value: s, quota: { limit: 5, period: DAY }, rate: 50, burst: 50 }", "429")]
    [Arguments("{ name: k, value: s, quota: { limit: 4, period: DAY } }", "429")]
    [Arguments("{ name: k, value: s, quota: { limit: 5, period: DAY, offset: 4 } }", "429")]
    [Arguments("{ name: k, value: s, quota: { limit: 6, period: DAY } }", "200 429")]
    [Arguments("{ name: k, value: s, quota: { limit: 5, period: DAY }, apis: [shop, other] }", "429")]
    [Arguments("{ name: k, value: s, quota: { limit: 5, period: DAY } }, { name: k, value: t }", "429")]
    [Arguments("{ name: other, value: t }, { name: k, value: s, quota: { limit: 5, period: DAY } }", "429")]
    [Arguments("{ name: k, value: s, quota: { limit: 5, period: WEEK } }", "200 200 200 200 200 429")]
    [Arguments("{ name: l, value: s, quota: { limit: 5, period: DAY } }", "200 200 200 200 200 429")]
    public async Task The_usage_of_a_quota_survives_a_change_of_its_limits(string key, string expected)
    {
        const string Before = "api_keys: [{ name: k, value: s, quota: { limit: 5, period: DAY } }]";
        await using var gateway = await ServedConfiguration.StartAsync(_time, Routes + Before, Echo.Function);
        await Assert.That(await StatusesAsync(gateway, 6)).IsEqualTo("200 200 200 200 200 429");
        gateway.Reload(Routes + $"api_keys: [{key}]");
        await Assert.That(await StatusesAsync(gateway, expected.Split(' ').Length)).IsEqualTo(expected);
        gateway.Reload(Routes + Before);
        await Assert.That(await StatusesAsync(gateway, 1)).IsEqualTo("429");
    }

    [Test]
    [Arguments("[]")]
    [Arguments("[{ name: k, value: s }]")]
    [Arguments("[{ name: k, value_env: ESB_TEST_NO_SUCH_VARIABLE }]")]
    [Arguments("[{ name: k, value: s }, { name: l, value: s, enabled: false }]")]
    [Arguments("[{ name: k, value: s, quota: { limit: 5, period: MONTH } }]")]
    public async Task A_key_that_is_removed_or_has_no_quota_for_some_reloads_does_not_get_a_full_quota(string between)
    {
        const string Keys = "api_keys: [{ name: k, value: s, quota: { limit: 1, period: DAY } }]";
        await using var gateway = await ServedConfiguration.StartAsync(_time, Routes + Keys, Echo.Function);
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("200 429");
        for (var i = 0; i < 2; i++)
        {
            gateway.Reload(Routes + $"api_keys: {between}\nx-reload: {i}\n");
            await StatusesAsync(gateway, 1);
        }

        gateway.Reload(Routes + Keys);
        await Assert.That(await StatusesAsync(gateway, 1)).IsEqualTo("429");
        _time.Advance(TimeSpan.FromSeconds(20));
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("200 429");
    }

    [Test]
    public async Task A_key_without_an_application_keeps_its_usage_when_an_application_takes_it_over()
    {
        var routes = Routes.Replace("api: shop", "api: shop, application: a", StringComparison.Ordinal);
        static string Key(string more) => $"{{ name: k, value: s, quota: {{ limit: 2, period: DAY }}{more} }}";
        await using var gateway = await ServedConfiguration.StartAsync(
            _time, routes + $"api_keys: [{Key("")}]", Echo.Function);
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("200 200");
        gateway.Reload(routes + $"api_keys: [{Key(", application: a")}]");
        await Assert.That(await StatusesAsync(gateway, 1)).IsEqualTo("429");
    }

    [Test]
    public async Task A_change_of_rate_gives_no_new_burst_and_applies_at_once()
    {
        static string Keys(string limits) => Routes + $"api_keys: [{{ name: k, value: s, {limits} }}]";
        await using var gateway = await ServedConfiguration.StartAsync(
            _time, Keys("rate: 0.1, burst: 3"), Echo.Function);
        await Assert.That(await StatusesAsync(gateway, 4)).IsEqualTo("200 200 200 429");
        gateway.Reload(Keys("rate: 2, burst: 2"));
        await Assert.That(await StatusesAsync(gateway, 1)).IsEqualTo("429");
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await Assert.That(await StatusesAsync(gateway, 2)).IsEqualTo("200 429");
    }

    [Test]
    public async Task A_quota_does_not_start_again_for_a_clock_that_was_set_back_over_midnight()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 2, 0, 0, 5, TimeSpan.Zero));
        var key = new ApiKeyDefinition("k", "v", null, null, null, new(1, QuotaPeriod.Day), null);
        var meter = new ApiKeyMeter(time);
        await Assert.That(meter.Take(key)).IsEqualTo(KeyOutcome.Good);
        time.Set(time.GetUtcNow().AddSeconds(-10));
        await Assert.That(meter.Take(key)).IsEqualTo(KeyOutcome.UsedUp);
        time.Advance(TimeSpan.FromSeconds(10));
        await Assert.That(meter.Take(key)).IsEqualTo(KeyOutcome.UsedUp);
        time.Advance(TimeSpan.FromDays(1));
        await Assert.That(meter.Take(key)).IsEqualTo(KeyOutcome.Good);
    }

    private static async Task<string> StatusesAsync(ServedConfiguration gateway, int count)
    {
        List<int> statuses = [];
        for (var i = 0; i < count; i++)
            statuses.Add((await gateway.GetAsync("/a", "x-api-key: s")).Status);
        return string.Join(' ', statuses);
    }
}
