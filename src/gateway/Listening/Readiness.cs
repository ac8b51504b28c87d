namespace Esb.Gateway.Listening;

/// <summary>
/// Whether the gateway wants new requests. This changes once: when the process is told to stop, before anything is
/// closed, or when another gateway has taken over. From then on each answer announces the end of its connection, so
/// that no client sends a request on a connection that is being closed.
/// </summary>
internal sealed class Readiness
{
    private volatile bool _isDraining;
    private volatile bool _isClosing;

    /// <summary>Whether load balancers must be told that nothing will serve this address soon.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Whether answers announce the end of their connection.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>Called when the process will end.</summary>
    public void Turn() => (_isClosing, _isDraining) = (true, true);

    /// <summary>Called when another gateway serves the same address.</summary>
    public void Leave() => _isClosing = true;
}
