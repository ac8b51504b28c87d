using System.Text.Json;
using System.Text.Json.Serialization;

namespace Esb.AdminProtocol;

/// <summary>One route.</summary>
/// <param name="Method">The method; <c>ANY</c> for every method.</param>
/// <param name="Path">The path, with parameters in braces.</param>
/// <param name="Function">The function; empty when none answers.</param>
/// <param name="Payload">The format of the event, <c>1.0</c> or <c>2.0</c>.</param>
/// <param name="Target">The function, an address, <c>mock</c> or <c>closed</c>; null from an older gateway.</param>
/// <param name="Application">The application that it belongs to; null when it belongs to none.</param>
/// <param name="Closed">Why every request is refused; null when the route is open.</param>
public sealed record RouteStatus(
    string Method,
    string Path,
    string Function,
    string Payload,
    string? Target = null,
    string? Application = null,
    string? Closed = null)
{
    /// <summary>What this version does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Additional { get; set; }
}
