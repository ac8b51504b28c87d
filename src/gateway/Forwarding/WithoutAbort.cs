using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Forwarding;

/// <summary>Keeps the forwarder, which aborts the connection when it gives an answer up, from losing what is still on its way.</summary>
internal sealed class WithoutAbort(IHttpRequestLifetimeFeature connection) : IHttpRequestLifetimeFeature
{
    public CancellationToken RequestAborted
    {
        get => connection.RequestAborted;
        set => connection.RequestAborted = value;
    }

    /// <summary>Nothing: whoever called the forwarder ends the answer.</summary>
    public void Abort()
    {
    }
}
