namespace Esb.Objects.Storage;

/// <summary>Whether a bucket keeps the old versions of its objects.</summary>
internal enum VersioningState
{
    /// <summary>It never did: each key has one object.</summary>
    Off,

    /// <summary>Every write and every delete adds a version.</summary>
    Enabled,

    /// <summary>It did: writes and deletes replace the null version, and all other versions stay.</summary>
    Suspended,
}
