using System.Text.Json.Serialization;

namespace Esb.Gateway.Listening;

/// <summary>The reason why a port of the platform refuses a request.</summary>
internal sealed record Refused(string Message);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(Refused))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RefusedJson : JsonSerializerContext;
