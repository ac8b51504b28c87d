using Esb.Schema.Routing;

namespace Esb.Schema.Tests.Validation;

internal sealed class RouteOverlapTests
{
    [Test]
    [Arguments("POST /st", "ANY /st", "first")]
    [Arguments("GET /st", "POST /st", "none")]
    [Arguments("GET /st", "GET /st/", "none")]
    [Arguments("GET /_url/U", "ANY /_url/U", "first")]
    [Arguments("ANY /_url/U/{x}", "ANY /_url/U/{proxy+}", "first")]
    [Arguments("ANY /_url/U/{x}", "ANY /_url/U", "none")]
    [Arguments("GET /a", "ANY /{proxy+}", "first")]
    [Arguments("GET /", "ANY /{proxy+}", "none")]
    [Arguments("GET /", "ANY $default", "first")]
    [Arguments("ANY /{proxy+}", "ANY $default", "first")]
    [Arguments("GET /a/{x}", "GET /{y}/b", "first")]
    [Arguments("GET /a/{x}", "GET /b/{x}", "none")]
    [Arguments("GET /a/{x}/c", "GET /a/b", "none")]
    [Arguments("GET /a/b/c", "GET /a/{rest+}", "first")]
    [Arguments("GET /{x}/b", "GET /a/{rest+}", "first")]
    [Arguments("GET /a/{x}/{rest+}", "GET /a/{rest+}", "first")]
    [Arguments("ANY /a/{rest+}", "GET /{proxy+}", "first")]
    [Arguments("GET /{proxy+}", "ANY /{proxy+}", "first")]
    [Arguments("ANY /a/b", "GET /a/{x}", "first")]
    [Arguments("GET /%61", "ANY /a", "first")]
    [Arguments("GET /shop", "ANY /shop/$default", "first")]
    [Arguments("GET /shop/a", "ANY /shop/$default", "first")]
    [Arguments("GET /shop/{x}", "ANY /shop/$default", "first")]
    [Arguments("GET /{x}/a", "ANY /shop/$default", "first")]
    [Arguments("ANY /shop/{proxy+}", "ANY /shop/$default", "first")]
    [Arguments("GET /shop/a/{proxy+}", "ANY /shop/$default", "first")]
    [Arguments("ANY /shop/$default", "GET /{x}", "first")]
    [Arguments("ANY /shop/$default", "ANY /{proxy+}", "first")]
    [Arguments("ANY /shop/$default", "ANY $default", "first")]
    [Arguments("ANY /shop/$default", "GET /{x}/{proxy+}", "first")]
    [Arguments("ANY /shop/new/$default", "GET /shop/$default", "first")]
    [Arguments("ANY /shop/new/$default", "GET /shop/{proxy+}", "first")]
    [Arguments("GET /{x}/$default", "ANY /shop/$default", "first")]
    [Arguments("ANY /shop/$default", "ANY /other/$default", "none")]
    [Arguments("ANY /shop/$default", "GET /shopping/{x}", "none")]
    [Arguments("ANY /shop/new/$default", "GET /shop", "none")]
    [Arguments("ANY /shop/$default", "GET /", "none")]
    [Arguments("ANY /shop/$default/", "GET /shop/$default", "none")]
    public async Task The_more_specific_route_takes_precedence_if_requests_match_both(
        string one,
        string other,
        string expected)
    {
        static RouteDefinition Route(string text) =>
            new(text.Split(' ')[1], text.Split(' ')[0], "f", "1.0", null, null, default);
        var (a, b) = (Route(one), Route(other));
        string Said(RouteOverlap? overlap) =>
            overlap is null ? "none" : ReferenceEquals(overlap.First, a) ? "first" : "behind";
        await Assert.That(Said(RouteOverlap.Of(a, b))).IsEqualTo(expected);
        await Assert.That(Said(RouteOverlap.Of(b, a))).IsEqualTo(expected);
    }

    [Test]
    [Arguments("ANY $default", true)]
    [Arguments("GET /{proxy+}", true)]
    [Arguments("GET /{x}", true)]
    [Arguments("GET /{x}/{rest+}", true)]
    [Arguments("GET /", false)]
    [Arguments("GET /a/{rest+}", false)]
    [Arguments("ANY /a/$default", false)]
    public async Task A_route_without_text_matches_any_path_of_its_length(string route, bool expected) =>
        await Assert.That(RouteOverlap.HasNoText(new RouteDefinition(
            route.Split(' ')[1], route.Split(' ')[0], "f", "1.0", null, null, default))).IsEqualTo(expected);
}
