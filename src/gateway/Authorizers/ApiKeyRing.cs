using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>What became of a key.</summary>
internal enum KeyOutcome
{
    /// <summary>There is none, it is unknown, switched off, or it opens other APIs.</summary>
    Unknown,

    /// <summary>It is good, and the request is counted.</summary>
    Good,

    /// <summary>Its rate and burst allow no more at this moment.</summary>
    TooFast,

    /// <summary>Its quota allows no more in this period.</summary>
    UsedUp,
}

/// <summary>
/// The API keys of a configuration. Keys are found by their SHA-256, so that the time of a look-up says nothing about how much of a key
/// was right. Source: API Gateway, "Usage plans and API keys for REST APIs".
/// </summary>
internal sealed class ApiKeyRing
{
    public const string Header = "x-api-key";

    // API Gateway's bound is 128 characters.
    private const int MaxKeyBytes = 512;

    private readonly FrozenDictionary<Digest, Entry[]> _entries;

    private ApiKeyRing(FrozenDictionary<Digest, Entry[]> entries) => _entries = entries;

    public static ApiKeyRing Empty { get; } = new(FrozenDictionary<Digest, Entry[]>.Empty);

    /// <summary>
    /// A ring of keys with their values. What one value opens is what all keys of one application that have it open together; one that opens nothing ends those
    /// before it. Keys of two applications do not know of each other.
    /// </summary>
    public static ApiKeyRing Of(IReadOnlyList<(ApiKeyDefinition Definition, string Value)> keys, ApiKeyRing before, TimeProvider time)
    {
        Dictionary<(string?, string, double?, int?, ApiKeyQuota?), ApiKeyMeter> meters = [];
        foreach (var entry in before._entries.Values.SelectMany(e => e))
            meters.TryAdd(MeterKey(entry.Definition), entry.Meter);
        Dictionary<Digest, Entry[]> entries = [];
        foreach (var (definition, value) in keys)
        {
            if (!Digest.TryOf(value, out var digest))
                continue;
            var entry = new Entry(definition, meters.GetValueOrDefault(MeterKey(definition)) ?? new ApiKeyMeter(definition, time));
            var others = entries.GetValueOrDefault(digest, []).Where(e => definition.OpensSomething || e.Definition.Application != definition.Application);
            // Where several open a route, the limits of the last one count.
            entries[digest] = [entry, .. others];
        }

        return new ApiKeyRing(entries.ToFrozenDictionary());
    }

    /// <summary>Checks a key for a route and counts its use. Takes no lock.</summary>
    public (KeyOutcome Outcome, CallerKey? Key) Use(string? value, Route route)
    {
        if (value is null || !Digest.TryOf(value, out var digest) || !_entries.TryGetValue(digest, out var entries) || Opening(entries, route) is not { } entry)
            return (KeyOutcome.Unknown, null);
        var outcome = entry.Meter.Take();
        return (outcome, outcome == KeyOutcome.Good ? new CallerKey(entry.Definition.Name, value) : null);
    }

    private static Entry? Opening(Entry[] entries, Route route)
    {
        foreach (var entry in entries)
        {
            if (entry.Definition.Opens(route.Api, ApiIdentity.StageOf(route)))
                return entry;
        }

        return null;
    }

    private static (string?, string, double?, int?, ApiKeyQuota?) MeterKey(ApiKeyDefinition definition) =>
        (definition.Application, definition.Name, definition.Rate, definition.Burst, definition.Quota);

    private sealed record Entry(ApiKeyDefinition Definition, ApiKeyMeter Meter);

    private readonly record struct Digest(ulong A, ulong B, ulong C, ulong D)
    {
        public static bool TryOf(string value, out Digest digest)
        {
            Span<byte> text = stackalloc byte[MaxKeyBytes];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            if (!Encoding.UTF8.TryGetBytes(value, text, out var length))
            {
                digest = default;
                return false;
            }

            SHA256.HashData(text[..length], hash);
            digest = new Digest(Part(hash, 0), Part(hash, 1), Part(hash, 2), Part(hash, 3));
            return true;
        }

        private static ulong Part(ReadOnlySpan<byte> hash, int index) => BinaryPrimitives.ReadUInt64LittleEndian(hash[(index * 8)..]);
    }
}
