namespace Esb.Schema.Routing;

/// <summary>An API that a key opens.</summary>
/// <param name="Api">Its name, as in routes.</param>
/// <param name="Stage">The one stage that the key opens; null for whichever stage is served.</param>
public sealed record OpenedApi(string Api, string? Stage = null);
