using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;
using KeyId = (string? Application, string Name);

namespace Esb.Gateway.Authorizers;

/// <summary>The result of checking a key.</summary>
internal enum KeyOutcome
{
    /// <summary>There is no key, or the key is unknown, disabled or for other APIs.</summary>
    Unknown,

    /// <summary>The key is valid, and the request is counted.</summary>
    Good,

    /// <summary>The rate and burst of the key do not allow another request now.</summary>
    TooFast,

    /// <summary>The quota of the key is used up for this period.</summary>
    UsedUp,
}

/// <summary>
/// The API keys of a configuration. They are looked up by SHA-256, so that the time of a look-up does not reveal how
/// much of a key was right. Source: API Gateway, "Usage plans and API keys for REST APIs".
/// </summary>
internal sealed class ApiKeys
{
    public const string Header = "x-api-key";

    // API Gateway allows 128 characters.
    private const int MaxKeyBytes = 512;

    private readonly FrozenDictionary<Digest, Entry[]> _entries;

    // Includes removed keys that have used part of a quota: when such a key is added again, it does not get a full
    // quota.
    private readonly IReadOnlyDictionary<KeyId, ApiKeyMeter> _meters;

    private ApiKeys(FrozenDictionary<Digest, Entry[]> entries, IReadOnlyDictionary<KeyId, ApiKeyMeter> meters) =>
        (_entries, _meters) = (entries, meters);

    public static ApiKeys Empty { get; } = new(
        FrozenDictionary<Digest, Entry[]>.Empty, new Dictionary<KeyId, ApiKeyMeter>());

    /// <summary>
    /// Creates the keys with their values. A key that existed before keeps its usage, whatever its limits are now.
    /// Several keys of one application may have the same value. The value then opens whatever any of them opens, but a
    /// key that opens nothing cancels those before it. Keys of different applications are independent.
    /// </summary>
    public static ApiKeys Of(
        IReadOnlyList<(ApiKeyDefinition Definition, string Value)> keys,
        ApiKeys previous,
        TimeProvider time)
    {
        HashSet<KeyId> ids = [.. keys.Select(k => IdOf(k.Definition))];
        var meters = previous._meters.Where(m => ids.Contains(m.Key) || m.Value.IsInUse()).ToDictionary();
        Dictionary<Digest, Entry[]> entries = [];
        foreach (var (definition, value) in keys)
        {
            if (!Digest.TryOf(value, out var digest))
                continue;
            var entry = new Entry(definition, MeterOf(definition, meters, ids, time));
            var others = entries.GetValueOrDefault(digest, [])
                .Where(e => definition.OpensSomething || e.Definition.Application != definition.Application);
            // When several keys open a route, the limits of the last one count.
            entries[digest] = [entry, .. others];
        }

        return new ApiKeys(entries.ToFrozenDictionary(), meters);
    }

    /// <summary>Checks a key for a route and counts its use, without a lock.</summary>
    public (KeyOutcome Outcome, CallerKey? Key) Use(string? value, Route route)
    {
        if (value is null
            || !Digest.TryOf(value, out var digest)
            || !_entries.TryGetValue(digest, out var entries)
            || Opening(entries, route) is not { } entry)
            return (KeyOutcome.Unknown, null);
        var outcome = entry.Meter.Take(entry.Definition);
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

    private static ApiKeyMeter MeterOf(
        ApiKeyDefinition key,
        Dictionary<KeyId, ApiKeyMeter> meters,
        HashSet<KeyId> ids,
        TimeProvider time)
    {
        if (meters.TryGetValue(IdOf(key), out var meter))
            return meter;
        // A key that had no application, and now belongs to the application that deployed it, is still the same key.
        KeyId unowned = (null, key.Name);
        if (ids.Contains(unowned) || !meters.Remove(unowned, out meter))
            meter = new ApiKeyMeter(time);
        return meters[IdOf(key)] = meter;
    }

    private static KeyId IdOf(ApiKeyDefinition definition) => (definition.Application, definition.Name);

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

        private static ulong Part(ReadOnlySpan<byte> hash, int index) =>
            BinaryPrimitives.ReadUInt64LittleEndian(hash[(index * 8)..]);
    }
}
