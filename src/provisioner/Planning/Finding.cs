using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>Why something in the manifest, or absent from it, leads to no change.</summary>
internal enum FindingKind
{
    /// <summary>It needs a new resource, and the data is in the old one: an error, and nothing is changed.</summary>
    Refused,

    /// <summary>This store does not support it.</summary>
    Unsupported,

    /// <summary>It exists but the manifest does not name it; it is kept.</summary>
    Kept,

    /// <summary>The store accepted the change but does not have it afterwards.</summary>
    NotArrived,
}

/// <summary>A difference that a plan does not change.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Property">The property of the manifest.</param>
/// <param name="Message">One line, without the name of the resource.</param>
/// <param name="Help">What to do about it.</param>
internal sealed record Finding(FindingKind Kind, string Property, string Message, string? Help = null);
