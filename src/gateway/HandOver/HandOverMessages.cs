using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Gateway.Schedules;

namespace Esb.Gateway.HandOver;

/// <summary>
/// The messages between two gateways, a line of JSON each. The new one offers, the old one gives its sockets, the new
/// one takes over when it is ready, and the old one leaves its schedules. Properties may be added; a change of meaning
/// changes <see cref="Protocol"/>.
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
/// The answer of the old gateway, with its sockets in the order of their names; without sockets when it refuses.
/// </summary>
internal sealed record Given(int Protocol, string Version, IReadOnlyList<string> Sockets, string? Refused)
{
    /// <summary>The number of workers of each function.</summary>
    public IReadOnlyDictionary<string, int> Workers { get; init; } = new Dictionary<string, int>();
}

/// <summary>The new gateway serves; the old one must stop accepting.</summary>
internal sealed record Take(bool Serving);

/// <summary>The old gateway no longer accepts; contains when its schedules are due next.</summary>
internal sealed record Left(IReadOnlyList<KeptSchedule> Schedules)
{
    public static Left Of(IReadOnlyDictionary<ScheduledCall, DateTimeOffset> kept) =>
        new([.. kept.Select(k => new KeptSchedule(k.Key, k.Value))]);

    public Dictionary<ScheduledCall, DateTimeOffset> ToDictionary() =>
        Schedules.DistinctBy(s => s.Call).ToDictionary(s => s.Call, s => s.Due);
}

/// <summary>A schedule and when it is due next.</summary>
internal sealed record KeptSchedule(ScheduledCall Call, DateTimeOffset Due);

/// <summary>Source-generated, snake_case.</summary>
[JsonSerializable(typeof(Offer))]
[JsonSerializable(typeof(Given))]
[JsonSerializable(typeof(Take))]
[JsonSerializable(typeof(Left))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class HandOverJson : JsonSerializerContext;
