using Esb.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Events;

/// <summary>All that an event is made of.</summary>
/// <param name="Context">The request; its body has been read already.</param>
/// <param name="Body">The whole body, empty when there is none.</param>
/// <param name="Match">The route and where its parameters stand in the raw path.</param>
/// <param name="Stamp">Ids and time.</param>
internal readonly record struct IncomingRequest(HttpContext Context, ReadOnlyMemory<byte> Body, RouteMatch Match, RequestStamp Stamp)
{
    /// <summary>What the authorizers of the route say about the caller; null when it has none.</summary>
    public Caller? Caller { get; init; }

    public Route Route => Match.Route ?? throw new InvalidOperationException("a request without a route has no event");
}
