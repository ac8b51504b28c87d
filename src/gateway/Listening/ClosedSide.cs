namespace Esb.Gateway.Listening;

/// <summary>Of a connection: tells at once when the other end sends nothing more, also where answers are still sent to it.</summary>
internal sealed record ClosedSide(CancellationToken Token);
