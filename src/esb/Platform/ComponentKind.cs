using System.Text.Json.Serialization;

namespace Esb.Cli.Platform;

/// <summary>The parts of the platform that are processes of their own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComponentKind>))]
internal enum ComponentKind
{
    [JsonStringEnumMemberName("stores")]
    Stores,

    [JsonStringEnumMemberName("agent")]
    Agent,

    [JsonStringEnumMemberName("gateway")]
    Gateway,

    /// <summary>The object store of an earlier version, which may still run.</summary>
    [JsonStringEnumMemberName("object-store")]
    EarlierObjectStore,

    /// <summary>The database of an earlier version, which may still run.</summary>
    [JsonStringEnumMemberName("database")]
    EarlierDatabase,
}
