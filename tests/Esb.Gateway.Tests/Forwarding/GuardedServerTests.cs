using System.Text;
using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Forwarding;

/// <summary>
/// A guarded and an open route to one server: a path that the server may read as the guarded one is not forwarded by
/// either route without the guard.
/// </summary>
internal sealed class GuardedServerTests
{
    [Test]
    [Arguments("/p/admin/x", 401)]
    [Arguments("/p/admin%5Cx", 403)]
    [Arguments("/p/admin%5cx", 403)]
    [Arguments("/p/admin\\x", 403)]
    [Arguments("/p/admin;/x", 403)]
    [Arguments("/p/admin;v=1/x", 403)]
    [Arguments("/p/admin%3B/x", 403)]
    [Arguments("/p/;/admin/x", 403)]
    [Arguments("/p%5Cadmin/x", 403)]
    [Arguments("/p/admin%2Fx", 403)]
    [Arguments("/p//admin/x", 403)]
    [Arguments("/p/other;v=1/x", 200)]
    [Arguments("/p/a%5Cb", 200)]
    [Arguments("/p/administrator;/x", 200)]
    public async Task No_spelling_that_a_server_may_read_as_the_guarded_path_goes_through_the_open_route(
        string target,
        int status)
    {
        await using var backend = new Backend();
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: '/p/{{proxy+}}', method: ANY, http_proxy: {{ uri: '{backend.Address}/{{proxy}}' }} }}, "
                + $"{{ path: '/p/admin/{{proxy+}}', method: ANY, http_proxy: {{ uri: "
                + $"'{backend.Address}/admin/{{proxy}}' }}, authorizer: {{ type: lambda, function: echo, "
                + $"simple_responses: true, identity_source: $request.header.T }} }}]",
            Echo.Function);
        await Assert.That((await gateway.GetAsync(target)).Status).IsEqualTo(status);
        await Assert.That(backend.Requests.Count).IsEqualTo(status == 200 ? 1 : 0);
    }

    [Test]
    public async Task A_header_listed_in_Connection_is_not_forwarded()
    {
        await using var backend = new Backend();
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: '/p/{{proxy+}}', method: ANY, http_proxy: {{ uri: '{backend.Address}/{{proxy}}' }}, "
                + $"authorizer: {{ type: lambda, function: guard, simple_responses: true, "
                + $"identity_source: $request.header.X-Role }} }}, {{ path: /f, function: echo }}]",
            ("guard", _ => """{"isAuthorized":true}"""),
            Echo.Function);
        const string Head = "HTTP/1.1\r\nHost: h\r\nX-Role: my-role\r\nConnection: X-Role\r\n\r\n";
        await Assert.That((await RawClient.SendLastAsync(gateway.Port, "GET /p/a " + Head)).Status).IsEqualTo(401);
        await Assert.That(Encoding.UTF8.GetString((await RawClient.SendLastAsync(gateway.Port, "GET /f " + Head)).Body))
            .DoesNotContain("my-role");
    }

    [Test]
    [Arguments("gzip, chunked", 504)]
    [Arguments("deflate, chunked", 504)]
    [Arguments("chunked", 200)]
    public async Task An_answer_in_a_coding_that_the_client_would_not_know_is_an_error(string coding, int status)
    {
        await using var backend = new Backend($"HTTP/1.1 200 OK\nTransfer-Encoding: {coding}\n\n2\nok\n0\n\n");
        await using var gateway = await ServedConfiguration.StartAsync(
            $"routes: [{{ path: '/p/{{proxy+}}', method: ANY, http_proxy: {{ uri: '{backend.Address}/{{proxy}}' }} }}]",
            Echo.Function);
        await Assert.That((await gateway.GetAsync("/p/a")).Status).IsEqualTo(status);
    }
}
