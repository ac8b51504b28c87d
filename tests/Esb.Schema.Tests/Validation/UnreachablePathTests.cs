using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Schema.Tests.Validation;

/// <summary>Paths of routing.yml that no request reaches as intended.</summary>
internal sealed class UnreachablePathTests
{
    [Test]
    [Arguments("/q?x=1", "it has a '?': a query is not part of the path")]
    [Arguments("/a#x", "it has a '#': what follows is never sent")]
    [Arguments("/{proxy*}", "'{proxy*}' is not a variable")]
    [Arguments("/{a b}", "'{a b}' is not a variable")]
    [Arguments("/*", "'*' has a '*', which is not a wildcard")]
    [Arguments("/w*", "'w*' has a '*', which is not a wildcard")]
    [Arguments("/a/../b", "it has dot segments")]
    [Arguments("/.", "it has dot segments")]
    [Arguments("/%2e%2e", "it has dot segments")]
    [Arguments("/a%2F..%2Fb", "it has dot segments")]
    [Arguments("/..;x", "it has dot segments")]
    [Arguments("/%zz", "'%zz' has a '%' that is not followed by two hexadecimal digits")]
    public async Task A_path_that_no_request_reaches_is_a_warning_that_names_it(string path, string reason)
    {
        var diagnostics = new DiagnosticBag();
        RoutingFile.Read(Documents.Parse($"routes: [{{ path: '{path}', function: f }}]"), diagnostics);
        await Assert.That(diagnostics.Single().Severity).IsEqualTo(Severity.Warning);
        await Assert.That(diagnostics.Single().ToString())
            .Contains($"route '{path}': no request reaches the route as intended: {reason}");
    }

    [Test]
    [Arguments("/")]
    [Arguments("$default")]
    [Arguments("/a/{id}/{proxy+}")]
    [Arguments("/.well-known/x")]
    [Arguments("/a...b/..c")]
    [Arguments("/a%20b/%C3%A4")]
    public async Task A_path_that_requests_reach_causes_no_message(string path) =>
        await Assert.That(UnreachablePath.Reason(path)).IsNull();

    [Test]
    [Arguments("/$default", 1)]
    [Arguments("/$default/", 1)]
    [Arguments("$default", 0)]
    [Arguments("/shop/$default", 0)]
    public async Task A_default_route_without_a_base_path_is_written_without_a_slash(string path, int warnings)
    {
        var diagnostics = new DiagnosticBag();
        RoutingFile.Read(Documents.Parse($"routes: [{{ path: '{path}', function: f }}]"), diagnostics);
        await Assert.That(diagnostics.Count).IsEqualTo(warnings);
        await Assert.That(string.Join('\n', diagnostics)).Contains(warnings == 0
            ? ""
            : "only requests for this very path reach the route; write $default for what no other route takes");
    }

    [Test]
    [Arguments("audience: []", true)]
    [Arguments("audience: ['']", true)]
    [Arguments("audience: ''", true)]
    [Arguments("audience: [a]", false)]
    [Arguments("scopes: [a]", false)]
    public async Task An_empty_audience_closes_its_route(string key, bool isClosed)
    {
        var diagnostics = new DiagnosticBag();
        var route = RoutingFile.Read(
            Documents.Parse(
                $"routes: [{{ path: /a, function: f, authorizer: {{ type: jwt, issuer: 'https://id/', {key} }} }}]"),
            diagnostics).Routes.Single();
        await Assert.That((route.Closed, diagnostics.Count))
            .IsEqualTo(isClosed ? ("its audience is empty", 1) : (null, 0));
    }
}
