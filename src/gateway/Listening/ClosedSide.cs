namespace Esb.Gateway.Listening;

/// <summary>
/// A connection feature. Its token is cancelled as soon as the client has closed its sending side, even while answers
/// are still sent to the client.
/// </summary>
internal sealed record ClosedSide(CancellationToken Token);
