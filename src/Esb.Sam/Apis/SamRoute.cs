using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>A route as the template means it.</summary>
/// <param name="Path">The pattern, or <c>$default</c>.</param>
/// <param name="Method">Upper case, or <c>ANY</c>.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Payload"><c>1.0</c> or <c>2.0</c>.</param>
/// <param name="Cors">In the form of routing.yml; null when the API says nothing.</param>
/// <param name="Authorizer">The authorizer that cannot be honoured yet, so that the route is refused; null when it is open.</param>
/// <param name="Place">Where the event stands.</param>
public sealed record SamRoute(string Path, string Method, string Function, string Payload, YamlMapping? Cors, string? Authorizer, Place Place);
