using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>Why a difference between the manifest and the store causes no change.</summary>
internal enum FindingKind
{
    /// <summary>
    /// The change needs a new resource, but the data is in the old one. This is an error, and nothing is changed.
    /// </summary>
    Refused,

    /// <summary>The store does not support the setting.</summary>
    Unsupported,

    /// <summary>Something exists that is not in the manifest; it is kept.</summary>
    Kept,

    /// <summary>The store accepted the change, but did not apply it.</summary>
    NotArrived,
}

/// <summary>A difference that a plan does not change.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Property">The property of the manifest.</param>
/// <param name="Message">One line, without the name of the resource.</param>
/// <param name="Help">What to do about it.</param>
internal sealed record Finding(FindingKind Kind, string Property, string Message, string? Help = null);
