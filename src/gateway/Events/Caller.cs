namespace Esb.Gateway.Events;

/// <summary>Who calls, as an authorizer found out and as the function is told.</summary>
/// <param name="Authorizer"><c>requestContext.authorizer</c> as JSON; empty when the event has none.</param>
internal sealed record Caller(ReadOnlyMemory<byte> Authorizer)
{
    /// <summary>The API key that was sent and is good; null when the route wants none.</summary>
    public CallerKey? Key { get; init; }
}

/// <summary>An API key in <c>requestContext.identity</c>.</summary>
/// <param name="Id">Its name here.</param>
/// <param name="Value">As the client sent it.</param>
internal sealed record CallerKey(string Id, string Value);
