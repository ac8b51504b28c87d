namespace Esb.Gateway.Listening;

/// <summary>
/// A connection feature: the token is cancelled as soon as the client sends nothing more, even while answers are still
/// sent to it.
/// </summary>
internal sealed record ClosedSide(CancellationToken Token);
