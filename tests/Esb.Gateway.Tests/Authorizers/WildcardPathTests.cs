using System.Text;
using System.Text.Json.Nodes;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Authorizers;

/// <summary>Paths with characters that are wildcards in policies.</summary>
internal sealed class WildcardPathTests
{
    private const string Rest = "payload: '1.0', authorizer: { type: lambda, function: guard, ttl: 300, ";
    private const string Http = "payload: '2.0', authorizer: { type: lambda, function: guard, ttl: 300, ";

    private static readonly string[] Guards =
    [
        Rest + "kind: TOKEN }",
        Rest + "kind: REQUEST, identity_source: method.request.header.Authorization }",
        Http + "payload: '1.0', identity_source: $request.header.Authorization }",
        Http + "payload: '2.0', identity_source: $request.header.Authorization }",
    ];

    private readonly List<string> _asked = [];

    // The authorizer allows the ARN that it gets, and denies whatever has "admin" in it.
    [Test]
    [Arguments("*")]
    [Arguments("a*")]
    [Arguments("%2A")]
    [Arguments("%2a")]
    [Arguments("admi%3F")]
    [Arguments("admi%3f")]
    [Arguments("%252A")]
    [Arguments("admi%253F")]
    [Arguments("%FF*")]
    public async Task A_permission_of_an_authorizer_for_a_path_with_a_wildcard_counts_for_no_other_path(string sent)
    {
        foreach (var guard in Guards)
        {
            await using var gateway = await StartAsync(guard, arn => Policy("Allow", arn));
            await Assert.That(await StatusAsync(gateway, sent)).IsEqualTo(200).Because(guard);
            await Assert.That(await StatusAsync(gateway, "admin")).IsEqualTo(403).Because(guard);
        }
    }

    // An authorizer may also build the resource from the path of the request, which it decodes.
    [Test]
    [Arguments("*")]
    [Arguments("%2A")]
    [Arguments("admi%3F")]
    public async Task The_path_of_the_event_opens_no_other_path_either(string sent)
    {
        foreach (var guard in Guards)
        {
            await using var gateway = await StartAsync(
                guard, arn => Policy("Allow", Uri.UnescapeDataString(arn), Uri.UnescapeDataString(arn)));
            await StatusAsync(gateway, sent);
            await Assert.That(await StatusAsync(gateway, "admin")).IsEqualTo(403).Because(guard);
        }
    }

    [Test]
    [Arguments("*")]
    [Arguments("%252A")]
    public async Task A_denial_of_an_authorizer_for_a_path_with_a_wildcard_closes_no_other_path(string sent)
    {
        foreach (var guard in Guards)
        {
            await using var gateway = await StartAsync(guard, arn => Policy("Deny", arn, "*"));
            await Assert.That(await StatusAsync(gateway, sent)).IsEqualTo(403).Because(guard);
            _asked.Clear();
            await Assert.That(await StatusAsync(gateway, sent)).IsEqualTo(403).Because(guard);
            await Assert.That(_asked.Count).IsEqualTo(1).Because(guard);
        }
    }

    [Test]
    [Arguments("*/GET/r/%2A", "*", 403)]
    [Arguments("*/GET/r/%2A", "%2a", 403)]
    [Arguments("*/GET/r/%2a", "*", 403)]
    [Arguments("*/GET/r/%2A", "x", 200)]
    [Arguments("*/GET/r/a%2A%20b", "a*%20b", 403)]
    [Arguments("*/GET/r/a%3Fb", "a%3Fb", 403)]
    [Arguments("*/GET/r/a%3Fb", "axb", 200)]
    [Arguments("*/GET/r/a?b", "a%3Fb", 403)]
    [Arguments("*/GET/r/a?b", "axb", 403)]
    public async Task An_encoded_wildcard_of_a_denial_is_a_character(string denied, string sent, int status)
    {
        foreach (var guard in Guards)
        {
            await using var gateway = await StartAsync(guard, _ => Policy("Deny", denied, "*"));
            await Assert.That(await StatusAsync(gateway, sent)).IsEqualTo(status).Because(guard);
        }
    }

    [Test]
    public async Task Other_paths_and_simple_answers_are_still_cached()
    {
        foreach (var guard in Guards)
        {
            await using var gateway = await StartAsync(guard, _ => Policy("Allow", "*"));
            foreach (var path in (string[])["a", "b", "*", "a%20b"])
                await Assert.That(await StatusAsync(gateway, path)).IsEqualTo(200).Because(guard);
            await Assert.That(_asked.Count).IsEqualTo(1).Because(guard);
            _asked.Clear();
        }

        await using var simple = await StartAsync(
            Guards[^1].Replace(" }", ", simple_responses: true }", StringComparison.Ordinal),
            _ => """{"isAuthorized":true}""");
        foreach (var path in (string[])["*", "a"])
            await Assert.That(await StatusAsync(simple, path)).IsEqualTo(200);
        await Assert.That(_asked.Count).IsEqualTo(1);
    }

    private static async Task<int> StatusAsync(ServedConfiguration gateway, string path) =>
        (await gateway.GetAsync("/r/" + path, "Authorization: t")).Status;

    private static string Policy(string effect, string resource, string? allowed = null)
    {
        var own = new JsonObject { ["Action"] = "*", ["Effect"] = effect, ["Resource"] = resource };
        var other = new JsonObject { ["Action"] = "*", ["Effect"] = "Allow", ["Resource"] = allowed ?? resource };
        return new JsonObject
        {
            ["principalId"] = "u",
            ["policyDocument"] = new JsonObject { ["Statement"] = new JsonArray(own, other) },
        }.ToJsonString();
    }

    // The answer for an ARN with "admin" is a denial, whatever the test answers.
    private Task<ServedConfiguration> StartAsync(string guard, Func<string, string> answer) =>
        ServedConfiguration.StartAsync(
            $"routes: [{{ path: '/r/{{proxy+}}', function: echo, {guard} }}]",
            Echo.Function,
            ("guard", payload =>
            {
                var asked = JsonNode.Parse(Encoding.UTF8.GetString(payload))!;
                var arn = (string)(asked["methodArn"] ?? asked["routeArn"])!;
                _asked.Add(arn);
                return arn.Contains("/admin", StringComparison.Ordinal) ? Policy("Deny", arn) : answer(arn);
            }
    ));
}
