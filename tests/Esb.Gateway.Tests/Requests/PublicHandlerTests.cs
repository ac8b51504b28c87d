using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Requests;
using Esb.Gateway.Tracing;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tests.Requests;

internal sealed class PublicHandlerTests
{
    [Test]
    public async Task More_concurrent_requests_than_allowed_connections_are_503_even_if_they_share_a_connection()
    {
        var figures = new RequestFigures();
        // The inner handlers are not called.
        var handler = new PublicHandler(
            null!, null!, null!, new PublicHandler.Load(figures, MaxRequests: 2, new Readiness()));
        for (var i = 0; i < 3; i++)
            figures.Begin();
        var context = new DefaultHttpContext
        {
            Request = { Method = "GET", Path = "/a" },
            Response = { Body = new MemoryStream() },
        };
        await handler.HandleAsync(context);
        await Assert.That(context.Response.StatusCode).IsEqualTo(503);
        await Assert.That(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()))
            .Contains("Service Unavailable");
    }

    [Test]
    public async Task Client_text_is_truncated_before_it_is_kept_for_a_log_or_a_collector()
    {
        await Assert.That(ClientText.Cut(new string('x', 1_000))).IsEqualTo(new string('x', 1_000));
        await Assert.That(ClientText.Cut(new string('x', 10_000))).IsEqualTo(new string('x', 1_000) + "…");
        await Assert.That(ClientText.Cut(null)).IsEqualTo("");
    }
}
