using System.Text.Json.Serialization;
using Esb.Gateway.Configuration;

namespace Esb.Gateway.Admin;

/// <summary>What <c>GET /health</c> says: open and cheap.</summary>
internal sealed record HealthDocument(string Status, ConfigurationDocument Configuration)
{
    public static HealthDocument Of(Snapshot snapshot, Reloader reloader) => new("ok", ConfigurationDocument.Of(snapshot, reloader));
}

/// <summary>Which configuration is served, and why the newest files are not, if they are not.</summary>
internal sealed record ConfigurationDocument(
    string Hash,
    [property: JsonPropertyName("loaded_at")] DateTimeOffset LoadedAt,
    int Functions,
    int Routes,
    ErrorDocument? Error)
{
    public static ConfigurationDocument Of(Snapshot snapshot, Reloader reloader) => new(
        snapshot.Hash,
        snapshot.LoadedAt,
        snapshot.Functions.Count,
        snapshot.Routes.Count,
        reloader.LastError is { } error ? new ErrorDocument(error.ToString()) : null);
}

/// <summary>A message for people.</summary>
internal sealed record ErrorDocument(string Message);
