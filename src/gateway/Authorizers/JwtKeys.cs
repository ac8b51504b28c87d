using System.Collections.Frozen;
using System.Text.Json;
using Esb.Gateway.Clocks;
using Esb.Host.Files;
using Esb.Schema.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// The public keys of one issuer, from a URL or a file, cached. They are fetched again when they are old, and at once
/// when a token names an unknown key, but never twice within <see cref="Pause"/>. When the issuer cannot be reached,
/// the keys stay valid for a day: an edge machine is sometimes offline.
/// </summary>
internal sealed partial class JwtKeys(JwtAuthorizer definition, ILogger logger, TimeProvider time)
{
    /// <summary>The minimum time between two fetches.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private const int MaxDocumentBytes = 1 << 20;

    // API Gateway keeps keys for two hours; half of that leaves room for the grace period of a key rotation.
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);

    private static readonly HttpClient Client = new(
        new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxAutomaticRedirections = 3 })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxDocumentBytes,
    };

    private readonly SemaphoreSlim _one = new(1, 1); // one fetch at a time
    private volatile KeySet _keys = KeySet.None;

    // Guarded by _one.
    private TimeSpan? _triedAt;

    /// <summary>The keys with this id; empty when the issuer has no such key, or its keys cannot be fetched.</summary>
    public async ValueTask<IReadOnlyList<JwtKey>> FindAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.Steady();
        var keys = _keys;
        if (keys.ById.TryGetValue(id, out var found) && keys.Age(now) < Usable)
        {
            // A request does not wait for a refresh while its key is still valid.
            if (keys.Age(now) >= Fresh)
                _ = RefreshAsync(now);
            return found;
        }

        await RefreshAsync(now).WaitAsync(cancellationToken);
        keys = _keys;
        return keys.Age(now) < Usable ? keys.ById.GetValueOrDefault(id) ?? [] : [];
    }

    private async Task RefreshAsync(TimeSpan now)
    {
        await _one.WaitAsync();
        try
        {
            // A request that waited uses the result of the previous fetch.
            if (now - _triedAt < Pause)
                return;
            _triedAt = now;
            _keys = await FetchAsync(now) ?? _keys;
        }
        finally
        {
            _one.Release();
        }
    }

    // Not cancelled when the client that came first disconnects, because others wait for the same keys.
    private async Task<KeySet?> FetchAsync(TimeSpan now)
    {
        var source = definition.KeySource ?? definition.Issuer.TrimEnd('/') + "/.well-known/openid-configuration";
        try
        {
            var document = await ReadAsync(source);
            if (definition.KeySource is null)
                document = await ReadAsync(KeySetAddress(document));
            return new KeySet(Signing(document), now);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException
            or OperationCanceledException or JsonException
            or ArgumentException or UriFormatException or InvalidOperationException or NotSupportedException)
        {
            LogUnreachable(logger, definition.Issuer, source, e.Message);
            return null;
        }
    }

    private static async Task<string> ReadAsync(string source)
    {
        if (source.Contains("://", StringComparison.Ordinal))
            return await Client.GetStringAsync(new Uri(source));
        var bytes = OrdinaryFile.ReadAll(source, MaxDocumentBytes);
        return bytes.Length <= MaxDocumentBytes
            ? new StreamReader(new MemoryStream(bytes)).ReadToEnd()
            : throw new IOException($"{source} is larger than {MaxDocumentBytes} bytes");
    }

    private static string KeySetAddress(string configuration)
    {
        using var document = JsonDocument.Parse(configuration);
        return document.RootElement.GetProperty("jwks_uri").GetString() is { } address
            && address.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? address
            : throw new JsonException("jwks_uri is not a valid URL");
    }

    private FrozenDictionary<string, IReadOnlyList<JwtKey>> Signing(string document)
    {
        List<JwtKey> usable = [];
        foreach (var written in new JsonWebKeySet(document).Keys)
        {
            var key = JwtKey.Of(written, out var reason);
            if (key is not null)
                usable.Add(key);
            else
                LogUnusable(logger, definition.Issuer, written.Kid, reason);
        }

        return usable.GroupBy(k => k.Id, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<JwtKey>)[.. g], StringComparer.Ordinal);
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Keys of the issuer {Issuer} cannot be fetched from {Source}: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string issuer, string source, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The key '{Id}' of the issuer {Issuer} is not used: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string issuer, string? id, string? reason);

    private sealed record KeySet(FrozenDictionary<string, IReadOnlyList<JwtKey>> ById, TimeSpan? FetchedAt)
    {
        public static KeySet None { get; } = new(FrozenDictionary<string, IReadOnlyList<JwtKey>>.Empty, null);

        public TimeSpan Age(TimeSpan now) => FetchedAt is { } at ? now - at : TimeSpan.MaxValue;
    }
}
