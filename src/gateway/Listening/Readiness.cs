namespace Esb.Gateway.Listening;

/// <summary>Whether new requests are welcome. Turns once, when the process is told to stop, before anything is closed.</summary>
internal sealed class Readiness
{
    private volatile bool _isDraining;

    /// <summary>True from the first moment of the end.</summary>
    public bool IsDraining => _isDraining;

    public void Turn() => _isDraining = true;
}
