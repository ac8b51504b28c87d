using System.Text.Json;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What the gateway's health document says about the configuration it serves.</summary>
/// <param name="Hash">Of the two files.</param>
/// <param name="Error">Why the newest files are not served; null when they are.</param>
internal sealed record HealthReply(string Hash, string? Error)
{
    /// <returns>Null when these bytes are not a gateway's health document.</returns>
    public static HealthReply? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (!document.RootElement.TryGetProperty("configuration", out var configuration) || !configuration.TryGetProperty("hash", out var hash))
                return null;
            var error = configuration.TryGetProperty("error", out var given) && given.ValueKind == JsonValueKind.Object ? given.GetProperty("message").GetString() : null;
            return new HealthReply(hash.GetString() ?? "", error);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
