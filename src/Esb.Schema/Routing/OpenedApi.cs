namespace Esb.Schema.Routing;

/// <summary>An API that a key opens.</summary>
/// <param name="Api">Its name, as routes have it.</param>
/// <param name="Stage">The one stage that it opens; null: whichever is served.</param>
public sealed record OpenedApi(string Api, string? Stage = null);
