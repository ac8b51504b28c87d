namespace Esb.Gateway.Events;

/// <summary>The caller as determined by an authorizer and passed to the function.</summary>
/// <param name="Authorizer"><c>requestContext.authorizer</c> as JSON; empty when the event has none.</param>
internal sealed record Caller(ReadOnlyMemory<byte> Authorizer)
{
    /// <summary>The valid API key of the request; null when the route requires none.</summary>
    public CallerKey? Key { get; init; }
}

/// <summary>An API key in <c>requestContext.identity</c>.</summary>
/// <param name="Id">Its name on this platform.</param>
/// <param name="Value">The value that the client sent.</param>
internal sealed record CallerKey(string Id, string Value);
