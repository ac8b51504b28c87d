using Esb.Gateway.Routing;
using Esb.Schema.Diagnostics;

namespace Esb.Gateway.Tests.Routing;

internal sealed class RouteTableTests
{
    [Test]
    // The table of API Gateway's page "Routing API requests".
    [Arguments("GET", "/pets/dog/1", "GET /pets/dog/1")]
    [Arguments("GET", "/pets/dog/2", "GET /pets/dog/{id} id=2")]
    [Arguments("GET", "/pets/cat/1", "GET /pets/{proxy+} proxy=cat/1")]
    [Arguments("POST", "/test/5", "ANY /{proxy+} proxy=test/5")]
    [Arguments("POST", "/pets/dog/1", "ANY /{proxy+} proxy=pets/dog/1")]
    [Arguments("DELETE", "/", "$default")]
    [Arguments("OPTIONS", "*", "$default")]
    public async Task The_most_specific_route_is_chosen_as_in_the_table_of_AWS(
        string method,
        string path,
        string expected)
    {
        var table = Routes.Table(
            "$default", "ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/dog/{id}", "GET /pets/dog/1");
        await Assert.That(table.Match(method, path)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("GET /a/b/c|GET /{x}/b/d", "/a/b/d", "GET /{x}/b/d x=a")]
    [Arguments("GET /a/b/c|GET /a/{y}/d|GET /{x}/b/e", "/a/b/d", "GET /a/{y}/d y=b")]
    [Arguments("GET /a/b/c|GET /a/{y}/d|GET /{x}/b/e", "/a/b/e", "GET /{x}/b/e x=a")]
    [Arguments("GET /a/{p+}|GET /{x}/b", "/a/b", "GET /{x}/b x=a")]
    [Arguments("GET /a/{p+}|GET /{x}/b", "/a/c", "GET /a/{p+} p=c")]
    [Arguments("GET /a/{p+}|GET /{x}/b/{q+}", "/a/b/c", "GET /a/{p+} p=b/c")]
    [Arguments("POST /a/b|GET /{x}/b", "/a/b", "GET /{x}/b x=a")]
    public async Task A_literal_branch_without_a_match_falls_back_to_the_parameter(
        string routes,
        string path,
        string expected) =>
        await Assert.That(Routes.Table(routes.Split('|')).Match("GET", path)).IsEqualTo(expected);

    [Test]
    public async Task A_concrete_method_comes_before_any_on_the_same_path()
    {
        var table = Routes.Table("ANY /orders", "GET /orders");
        await Assert.That(table.Match("GET", "/orders")).IsEqualTo("GET /orders");
        await Assert.That(table.Match("PATCH", "/orders")).IsEqualTo("ANY /orders");
        await Assert.That(table.Match("PURGE", "/orders")).IsEqualTo("-");
    }

    [Test]
    [Arguments("/orders/", "GET /orders")]
    [Arguments("/orders//", "-")]
    [Arguments("/orders//7", "-")]
    [Arguments("//orders", "-")]
    [Arguments("/", "-")]
    [Arguments("", "-")]
    [Arguments("orders", "-")]
    [Arguments("/Orders", "-")]
    [Arguments("/orders/a%2Fb", "GET /orders/{id} id=a%2Fb")]
    [Arguments("/orders/7/", "GET /orders/{id} id=7")]
    [Arguments("/files/a/b/", "GET /files/{path+} path=a/b/")]
    [Arguments("/files", "-")]
    [Arguments("/files/", "-")]
    [Arguments("/web", "-")]
    [Arguments("/web/", "2.0 GET /web/{rest+} rest=")]
    public async Task Slashes_and_encoded_characters_are_matched_as_sent(string path, string expected)
    {
        var table = Routes.Table("GET /orders", "GET /orders/{id}", "GET /files/{path+}", "2.0 GET /web/{rest+}");
        await Assert.That(table.Match("GET", path))
            .IsEqualTo(expected.StartsWith("2.0 ", StringComparison.Ordinal) ? expected[4..] : expected);
    }

    [Test]
    public async Task The_root_is_matched_by_a_greedy_route_of_an_HTTP_API_but_not_of_a_REST_API()
    {
        await Assert.That(Routes.Table("ANY /{proxy+}").Match("GET", "/")).IsEqualTo("-");
        await Assert.That(Routes.Table("2.0 ANY /{proxy+}").Match("GET", "/")).IsEqualTo("ANY /{proxy+} proxy=");
        await Assert.That(Routes.Table("2.0 ANY /{proxy+}", "2.0 GET /").Match("GET", "/")).IsEqualTo("GET /");
    }

    [Test]
    public async Task The_later_of_two_routes_with_the_same_shape_is_used_with_a_warning()
    {
        var warnings = new DiagnosticBag();
        var table = RouteTable.Build(
            [Routes.Definition("GET /a/{x}/b"), Routes.Definition("POST /a/{z}/b"), Routes.Definition("GET /a/{y}/b")],
            warnings);
        await Assert.That(table.Match("GET", "/a/1/b")).IsEqualTo("GET /a/{y}/b y=1");
        await Assert.That(table.Match("POST", "/a/1/b")).IsEqualTo("POST /a/{z}/b z=1");
        await Assert.That(table.All.Select(r => r.RouteKey)).IsEquivalentTo(["POST /a/{z}/b", "GET /a/{y}/b"]);
        await Assert.That(warnings.Single().ToString()).IsEqualTo("warning: route 'GET /a/{y}/b' replaces 'GET "
            + "/a/{x}/b' of function 'GET /a/{x}/b': both take the same requests");
    }

    [Test]
    public async Task A_pattern_beyond_the_limits_is_left_out_with_a_warning_and_the_rest_is_served()
    {
        var warnings = new DiagnosticBag();
        var parameters = string.Concat(Enumerable.Range(0, RouteMatch.MaxParameters + 1).Select(i => $"/{{p{i}}}"));
        var deep = string.Concat(Enumerable.Repeat("/a", 65));
        var most = string.Concat(Enumerable.Range(0, RouteMatch.MaxParameters).Select(i => $"/{{p{i}}}"));
        var table = RouteTable.Build(
            [
                Routes.Definition("GET " + parameters),
                Routes.Definition("GET " + deep),
                Routes.Definition("GET " + most),
            ], warnings);
        await Assert.That(warnings.Count).IsEqualTo(2);
        await Assert.That(table.Count).IsEqualTo(1);
        await Assert.That(table.Match("GET", string.Concat(Enumerable.Repeat("/v", RouteMatch.MaxParameters))))
            .EndsWith(" p15=v");
    }

    [Test]
    public async Task A_default_route_takes_every_method_whatever_other_routes_there_are()
    {
        var table = Routes.Table("GET $default", "2.0 GET /a");
        await Assert.That(table.Match("DELETE", "/a")).IsEqualTo("GET $default");
        await Assert.That(table.All[0].Method).IsEqualTo("ANY");
    }

    [Test]
    [Arguments("/shop", "ANY /shop/$default")]
    [Arguments("/shop/", "ANY /shop/$default")]
    [Arguments("/shop/a/b", "ANY /shop/$default")]
    [Arguments("/shop//", "ANY /shop/$default")]
    [Arguments("/shop/items", "GET /shop/items")]
    [Arguments("/shop/new/a", "ANY /shop/new/$default")]
    [Arguments("/shop/new/b/c", "GET /shop/new/b/{rest+} rest=c")]
    [Arguments("/other", "GET /{x} x=other")]
    [Arguments("/shopping", "GET /{x} x=shopping")]
    [Arguments("/shopping/a", "-")]
    [Arguments("/", "-")]
    public async Task A_default_route_beneath_a_base_path_takes_that_path_and_what_is_beneath_it_and_nothing_else(
        string path,
        string expected)
    {
        var table = Routes.Table(
            "2.0 ANY /shop/$default",
            "2.0 ANY /shop/new/$default",
            "2.0 GET /shop/items",
            "2.0 GET /shop/new/b/{rest+}",
            "GET /{x}");
        await Assert.That(table.Match("GET", path)).IsEqualTo(expected);
    }

    [Test]
    public async Task A_missing_route_is_answered_like_a_REST_API_if_there_is_one()
    {
        await Assert.That(Routes.Table().NotFoundKind).IsEqualTo(ApiKind.Http);
        await Assert.That(Routes.Table("2.0 GET /a").NotFoundKind).IsEqualTo(ApiKind.Http);
        await Assert.That(Routes.Table("2.0 GET /a", "GET /b").NotFoundKind).IsEqualTo(ApiKind.Rest);
    }

    [Test]
    public async Task A_match_among_twenty_thousand_routes_allocates_nothing()
    {
        var table = Routes.Table(
            [.. Enumerable.Range(0, 20_000).Select(i => $"GET /service{i % 200}/items{i}/{{id}}/parts/{{part}}")]);
        var path = "/service42/items15042/abc/parts/9";
        await Assert.That(table.Match("GET", path))
            .IsEqualTo("GET /service42/items15042/{id}/parts/{part} id=abc part=9");
        // The runtime itself allocates once while it compiles the loop.
        Matches(table, path, 10_000);
        var (allocated, found) = Matches(table, path, 10_000);
        await Assert.That(found).IsEqualTo(10_000);
        await Assert.That(allocated).IsEqualTo(0);
    }

    private static (long Allocated, int Found) Matches(RouteTable table, string path, int times)
    {
        var found = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++)
        {
            if (table.TryMatch(path, "GET", out var match) && match.Count == 2)
                found++;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, found);
    }
}
