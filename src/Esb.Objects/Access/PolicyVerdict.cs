namespace Esb.Objects.Access;

/// <summary>The decision of a policy about a request.</summary>
internal enum PolicyVerdict
{
    /// <summary>No statement concerns the request.</summary>
    Silent,

    /// <summary>A statement allows it and none denies it.</summary>
    Allowed,

    /// <summary>A statement denies it.</summary>
    Denied,
}
