using System.Text.Json.Serialization;

namespace Esb.Agent.Containerd;

/// <summary>A network configuration for the plugin <c>bridge</c>. Source: CNI, "Plugins Reference".</summary>
internal sealed record CniNetwork(string CniVersion, string Name, string Type, string Bridge, CniAddresses Ipam);

/// <summary>Configures the plugin <c>static</c>: the agent itself assigns the addresses.</summary>
internal sealed record CniAddresses(string Type, IReadOnlyList<CniAddress> Addresses, IReadOnlyList<CniRoute> Routes);

/// <summary>Address and prefix length.</summary>
internal sealed record CniAddress(string Address, string? Gateway);

/// <summary>A route of the worker.</summary>
internal sealed record CniRoute(string Dst, string Gw);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(CniNetwork))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class CniJson : JsonSerializerContext;
