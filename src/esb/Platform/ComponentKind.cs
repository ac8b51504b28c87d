using System.Text.Json.Serialization;

namespace Esb.Cli.Platform;

/// <summary>The parts of the platform that are processes of their own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComponentKind>))]
internal enum ComponentKind
{
    [JsonStringEnumMemberName("object-store")]
    ObjectStore,

    [JsonStringEnumMemberName("database")]
    Database,

    [JsonStringEnumMemberName("agent")]
    Agent,

    [JsonStringEnumMemberName("gateway")]
    Gateway,
}
