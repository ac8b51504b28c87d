using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis;

/// <summary>An API that a domain leads to which is in another template, if in any.</summary>
/// <param name="Api">The API.</param>
/// <param name="Domain">The name of the domain.</param>
/// <param name="Mapping">The resource that says so, as lines of the receipt name it.</param>
/// <param name="Place">Where it stands.</param>
public sealed record MappedApi(string Api, string Domain, string Mapping, Place Place);
