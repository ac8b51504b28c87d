using System.Text.Json.Serialization;
using Esb.Gateway.Configuration;
using Esb.Schema.Diagnostics;

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
        reloader.LastError is { } error ? ErrorDocument.Of(error) : null);
}

/// <summary>What is wrong and where.</summary>
/// <param name="Message">One line for people, with the place.</param>
/// <param name="Code">The entry in the catalogue of diagnostics.</param>
/// <param name="File">Null when it is about no file.</param>
/// <param name="Line">1-based; null when unknown.</param>
/// <param name="Column">1-based; null when unknown.</param>
internal sealed record ErrorDocument(string Message, string Code, string? File, int? Line, int? Column)
{
    public static ErrorDocument Of(Diagnostic error) => new(
        error.ToString(),
        error.Code,
        error.File,
        error.Line > 0 ? error.Line : null,
        error.Line > 0 ? Math.Max(error.Column, 1) : null);
}

/// <summary>One line for people.</summary>
internal sealed record MessageDocument(string Message);
