using Esb.Gateway.Tracing;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Tracing;

internal sealed class AccessLogTests
{
    [Test]
    [Arguments("reset", 4)]
    [Arguments("abort", 4)]
    [Arguments("too large", 4)]
    [Arguments("bug", 5)]
    [Arguments("", 2)]
    public async Task A_request_that_ends_with_an_exception_is_counted_by_its_cause_and_never_as_answered(
        string error,
        int statusClass)
    {
        var figures = new RequestFigures();
        var log = new AccessLog(null, figures, NullLogger<AccessLog>.Instance, TimeProvider.System);
        var handler = log.Around(_ => error switch
        {
            "reset" => throw new ConnectionResetException(error),
            "abort" => throw new ConnectionAbortedException(error),
            "too large" => throw new BadHttpRequestException(error, StatusCodes.Status413PayloadTooLarge),
            "bug" => throw new InvalidOperationException(error),
            _ => Task.CompletedTask,
        });
        await handler(new DefaultHttpContext()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Assert.That(string.Concat(Enumerable.Range(1, 5).Select(figures.Answered)))
            .IsEqualTo("00000".Remove(statusClass - 1, 1).Insert(statusClass - 1, "1"));
    }
}
