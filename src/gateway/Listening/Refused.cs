using System.Text.Json.Serialization;

namespace Esb.Gateway.Listening;

/// <summary>Why a port of the platform does not answer.</summary>
internal sealed record Refused(string Message);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(Refused))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RefusedJson : JsonSerializerContext;
