using System.Text.Json.Serialization;

namespace Esb.Agent.Docker;

/// <summary>The body of <c>POST /containers/create</c>, as far as it is used. Source: Docker, "Engine API", version 1.41.</summary>
internal sealed record CreateContainer(
    string Image,
    IReadOnlyList<string>? Entrypoint,
    IReadOnlyList<string>? Cmd,
    string? WorkingDir,
    IReadOnlyList<string> Env,
    IReadOnlyDictionary<string, string> Labels,
    HostConfig HostConfig);

/// <summary>What a container may do.</summary>
internal sealed record HostConfig
{
    public required string NetworkMode { get; init; }

    /// <summary>Bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Bytes of memory and swap together.</summary>
    public required long MemorySwap { get; init; }

    /// <summary>Billionths of a processor.</summary>
    public required long NanoCpus { get; init; }

    public required long CpuShares { get; init; }

    public required long PidsLimit { get; init; }

    public required int OomScoreAdj { get; init; }

    public required bool ReadonlyRootfs { get; init; }

    public required IReadOnlyList<string> CapDrop { get; init; }

    public required IReadOnlyList<string> SecurityOpt { get; init; }

    /// <summary>Mount options by path.</summary>
    public required IReadOnlyDictionary<string, string> Tmpfs { get; init; }

    public required IReadOnlyList<Ulimit> Ulimits { get; init; }

    public required LogConfig LogConfig { get; init; }
}

/// <summary>A limit of setrlimit(2).</summary>
internal sealed record Ulimit(string Name, long Soft, long Hard);

/// <summary>Where the engine keeps the output.</summary>
internal sealed record LogConfig(string Type, IReadOnlyDictionary<string, string> Config);

/// <summary>What <c>create</c> answers.</summary>
internal sealed record CreatedContainer(string Id);

/// <summary>What <c>inspect</c> answers.</summary>
internal sealed record InspectedContainer(ContainerState State, ContainerNetworks NetworkSettings);

/// <summary>Whether it runs and how it ended.</summary>
internal sealed record ContainerState(bool Running, [property: JsonPropertyName("OOMKilled")] bool OutOfMemoryKilled, long ExitCode);

/// <summary>By the name of the network.</summary>
internal sealed record ContainerNetworks(IReadOnlyDictionary<string, ContainerAddress>? Networks);

/// <summary>Empty when it does not run.</summary>
internal sealed record ContainerAddress([property: JsonPropertyName("IPAddress")] string? Address);

/// <summary>One entry of the list of containers.</summary>
internal sealed record ListedContainer(string Id, IReadOnlyDictionary<string, string>? Labels);

/// <summary>What <c>wait</c> answers.</summary>
internal sealed record EndedContainer(uint StatusCode);

/// <summary>An image that is there.</summary>
internal sealed record InspectedImage(string? Architecture);

/// <summary>A network that is there.</summary>
internal sealed record InspectedNetwork([property: JsonPropertyName("IPAM")] NetworkAddresses? Addresses);

/// <summary>Subnets and their gateways.</summary>
internal sealed record NetworkAddresses(IReadOnlyList<NetworkSubnet>? Config);

/// <summary>The gateway is the engine's machine.</summary>
internal sealed record NetworkSubnet(string? Gateway);

/// <summary>The engine's errors, and a line of the progress of a pull.</summary>
internal sealed record EngineMessage([property: JsonPropertyName("message")] string? Message, [property: JsonPropertyName("error")] string? Error);

/// <summary>Source-generated; names are as in the API.</summary>
[JsonSerializable(typeof(CreateContainer))]
[JsonSerializable(typeof(CreatedContainer))]
[JsonSerializable(typeof(InspectedContainer))]
[JsonSerializable(typeof(ListedContainer[]))]
[JsonSerializable(typeof(EndedContainer))]
[JsonSerializable(typeof(InspectedImage))]
[JsonSerializable(typeof(InspectedNetwork))]
[JsonSerializable(typeof(EngineMessage))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class EngineJson : JsonSerializerContext;
