using Esb.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Events;

/// <summary>The inputs of an event.</summary>
/// <param name="Context">The request.</param>
/// <param name="Body">The complete body; empty if there is none, or when it has not been read.</param>
/// <param name="Match">The route and the positions of its parameters in the raw path.</param>
/// <param name="Stamp">Ids and time of the request.</param>
internal readonly record struct IncomingRequest(
    HttpContext Context,
    ReadOnlyMemory<byte> Body,
    RouteMatch Match,
    RequestStamp Stamp)
{
    /// <summary>The caller according to the route's authorizers; null without any.</summary>
    public Caller? Caller { get; init; }

    public Route Route => Match.Route ?? throw new InvalidOperationException("a request without a route has no event");
}
