using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// Prevents the forwarder from aborting the connection when it gives up on an answer, which would lose bytes that are
/// still being sent.
/// </summary>
internal sealed class WithoutAbort(IHttpRequestLifetimeFeature connection) : IHttpRequestLifetimeFeature
{
    public CancellationToken RequestAborted
    {
        get => connection.RequestAborted;
        set => connection.RequestAborted = value;
    }

    /// <summary>Does nothing: the caller of the forwarder ends the answer.</summary>
    public void Abort()
    {
    }
}
