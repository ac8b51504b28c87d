using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>Why something that the manifest says, or does not say, leads to no change.</summary>
internal enum FindingKind
{
    /// <summary>It needs a new resource, and the data is in the old one: an error, and nothing at all is changed.</summary>
    Refused,

    /// <summary>This store does not have it.</summary>
    Unsupported,

    /// <summary>It is there, the manifest does not name it, and it stays.</summary>
    Kept,

    /// <summary>The store said yes, and does not have it afterwards.</summary>
    NotArrived,
}

/// <summary>What a plan leaves undone.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Property">The property of the manifest that it is about.</param>
/// <param name="Message">One line, without the name of the resource.</param>
/// <param name="Help">The way out.</param>
internal sealed record Finding(FindingKind Kind, string Property, string Message, string? Help = null);
