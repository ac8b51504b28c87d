using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis;

/// <summary>A resource that controls access to APIs and that ESB does not read.</summary>
/// <param name="Resource">The name of the resource in messages.</param>
/// <param name="Reason">Why the routes are closed.</param>
/// <param name="Place">The position of the resource.</param>
/// <param name="Apis">The APIs that the resource refers to; empty when they are unknown here.</param>
/// <param name="IsOfDomain">Whether the resource closes APIs only when a domain restricts access.</param>
internal sealed record UnreadGuard(
    string Resource,
    string Reason,
    Place Place,
    IReadOnlyList<string> Apis,
    bool IsOfDomain)
{
    /// <summary>Whether the resource closes an API.</summary>
    /// <param name="api">The result of <c>Ref</c> of the API.</param>
    /// <param name="known">
    /// All APIs that are read together. A resource that refers to none of them may refer to any.
    /// </param>
    public bool AppliesTo(string api, IReadOnlySet<string> known) => Apis.Contains(api) || !Apis.Any(known.Contains);
}
