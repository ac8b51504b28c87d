namespace Esb.Gateway.Listening;

/// <summary>
/// Whether new requests are welcome. It turns once: when the process is told to stop, before anything is closed, or when another gateway has
/// taken over. From then on each answer says that its connection ends with it, so that no client is left to send its next request on a
/// connection that is being closed.
/// </summary>
internal sealed class Readiness
{
    private volatile bool _isDraining;
    private volatile bool _isClosing;

    /// <summary>Nobody serves this address in a moment: whoever balances load is to be told.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Answers say that the connection ends.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>The process is to end.</summary>
    public void Turn() => (_isClosing, _isDraining) = (true, true);

    /// <summary>Another gateway serves the same address.</summary>
    public void Leave() => _isClosing = true;
}
