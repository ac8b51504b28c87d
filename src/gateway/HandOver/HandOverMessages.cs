using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Gateway.Schedules;

namespace Esb.Gateway.HandOver;

/// <summary>
/// The messages between two gateways; each is one line of JSON. The new gateway sends its offer, and the old one passes
/// its sockets. When the new gateway serves, it takes over, and the old one replies with its schedules. Properties may
/// be added; a change of meaning requires a new <see cref="Protocol"/>.
/// </summary>
internal static class HandOverMessages
{
    public const int Protocol = 1;

    public const string Public = "public";
    public const string Admin = "admin";
    public const string RuntimeApi = "runtime-api";

    public static byte[] Line<T>(T message, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(message, type), (byte)'\n'];
}

/// <summary>The first message, from the new gateway.</summary>
internal sealed record Offer(int Protocol, string Version);

/// <summary>
/// The answer of the old gateway: the names of the sockets in the order in which they are passed, or the reason for a
/// refusal.
/// </summary>
internal sealed record Given(int Protocol, string Version, IReadOnlyList<string> Sockets, string? Refused)
{
    /// <summary>The number of workers of each function.</summary>
    public IReadOnlyDictionary<string, int> Workers { get; init; } = new Dictionary<string, int>();
}

/// <summary>The new gateway serves; the old one must stop accepting connections.</summary>
internal sealed record Take(bool Serving);

/// <summary>
/// The old gateway no longer accepts connections; the message contains the next run of each schedule.
/// </summary>
internal sealed record Left(IReadOnlyList<KeptSchedule> Schedules)
{
    public static Left Of(IReadOnlyDictionary<ScheduledCall, DateTimeOffset> kept) =>
        new([.. kept.Select(k => new KeptSchedule(k.Key, k.Value))]);

    public Dictionary<ScheduledCall, DateTimeOffset> ToDictionary() =>
        Schedules.DistinctBy(s => s.Call).ToDictionary(s => s.Call, s => s.Due);
}

/// <summary>A schedule and the time of its next run.</summary>
internal sealed record KeptSchedule(ScheduledCall Call, DateTimeOffset Due);

/// <summary>Source-generated, with names in snake_case.</summary>
[JsonSerializable(typeof(Offer))]
[JsonSerializable(typeof(Given))]
[JsonSerializable(typeof(Take))]
[JsonSerializable(typeof(Left))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class HandOverJson : JsonSerializerContext;
