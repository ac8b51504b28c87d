using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis;

/// <summary>A resource that says who may call APIs and that nobody reads here.</summary>
/// <param name="Resource">The resource, as messages name it.</param>
/// <param name="Reason">Why the routes are closed.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Apis">What it gives for the APIs that it means; empty when it is not known here.</param>
/// <param name="IsOfDomain">Whether it closes only where a domain does not let everybody in.</param>
internal sealed record ClosingResource(string Resource, string Reason, Place Place, IReadOnlyList<string> Apis, bool IsOfDomain)
{
    /// <summary>Whether it closes an API.</summary>
    /// <param name="api">What <c>Ref</c> of the API gives.</param>
    /// <param name="known">All APIs that are read together: one that means none of them may mean each.</param>
    public bool Means(string api, IReadOnlySet<string> known) => Apis.Contains(api) || !Apis.Any(known.Contains);
}
