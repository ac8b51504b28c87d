namespace Esb.Provisioner.Stores;

/// <summary>What a failed call means.</summary>
internal enum FailureKind
{
    /// <summary>The store is starting, busy or briefly unavailable, so the call is retried.</summary>
    NotReady,

    /// <summary>The store does not accept the credentials.</summary>
    Denied,

    /// <summary>No store can be reached at the address, and waiting would not help.</summary>
    Unreachable,

    /// <summary>Somebody else is changing the same resource.</summary>
    Conflict,

    /// <summary>The store does not have this operation.</summary>
    Unsupported,

    /// <summary>The store refused the call.</summary>
    Other,
}
