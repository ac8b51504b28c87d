using System.Text.Json.Serialization;

namespace Esb.Agent.Docker;

/// <summary>
/// The parts of the body of <c>POST /containers/create</c> that the agent uses. Source: Docker, "Engine API", version
/// 1.41.
/// </summary>
internal sealed record CreateContainer(
    string Image,
    IReadOnlyList<string>? Entrypoint,
    IReadOnlyList<string>? Cmd,
    string? WorkingDir,
    IReadOnlyList<string> Env,
    IReadOnlyDictionary<string, string> Labels,
    HostConfig HostConfig);

/// <summary>Limits and rights of a container.</summary>
internal sealed record HostConfig
{
    public required string NetworkMode { get; init; }

    /// <summary>In bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Memory and swap together, in bytes.</summary>
    public required long MemorySwap { get; init; }

    /// <summary>In billionths of a processor.</summary>
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

/// <summary>Where the engine stores the output.</summary>
internal sealed record LogConfig(string Type, IReadOnlyDictionary<string, string> Config);

/// <summary>The answer to <c>create</c>.</summary>
internal sealed record CreatedContainer(string Id);

/// <summary>The answer to <c>inspect</c>.</summary>
internal sealed record InspectedContainer(ContainerState State, ContainerNetworks NetworkSettings);

/// <summary>Whether the container is running, and how it ended.</summary>
internal sealed record ContainerState(
    bool Running,
    [property: JsonPropertyName("OOMKilled")] bool OutOfMemoryKilled,
    long ExitCode);

/// <summary>By the name of the network.</summary>
internal sealed record ContainerNetworks(IReadOnlyDictionary<string, ContainerAddress>? Networks);

/// <summary>Empty when the container is not running.</summary>
internal sealed record ContainerAddress([property: JsonPropertyName("IPAddress")] string? Address);

/// <summary>One entry of the list of containers.</summary>
internal sealed record ListedContainer(string Id, IReadOnlyDictionary<string, string>? Labels);

/// <summary>The answer to <c>wait</c>.</summary>
internal sealed record EndedContainer(uint StatusCode);

/// <summary>A local image.</summary>
internal sealed record InspectedImage(string? Architecture);

/// <summary>A network of the engine.</summary>
internal sealed record InspectedNetwork([property: JsonPropertyName("IPAM")] NetworkAddresses? Addresses);

/// <summary>Subnets and their gateways.</summary>
internal sealed record NetworkAddresses(IReadOnlyList<NetworkSubnet>? Config);

/// <summary>The gateway is the engine's machine.</summary>
internal sealed record NetworkSubnet(string? Gateway);

/// <summary>An error of the engine, or a line of the progress of a pull.</summary>
internal sealed record EngineMessage(
    [property: JsonPropertyName("message")] string? Message,
    [property: JsonPropertyName("error")] string? Error);

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
