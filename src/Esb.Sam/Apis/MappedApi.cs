using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis;

/// <summary>An API that belongs to a domain which is not in its template.</summary>
/// <param name="Api">The API.</param>
/// <param name="Domain">The name of the domain.</param>
/// <param name="Mapping">The resource that maps the domain to the API, as lines of the receipt name it.</param>
/// <param name="Place">The position of that resource.</param>
public sealed record MappedApi(string Api, string Domain, string Mapping, Place Place);
