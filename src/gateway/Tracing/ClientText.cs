namespace Esb.Gateway.Tracing;

/// <summary>
/// Limits the length of text from clients in logs and spans: thousands of lines may wait for a disk or a collector, and
/// each text may have ten kilobytes.
/// </summary>
internal static class ClientText
{
    private const int MaxLength = 1_000;

    /// <summary>The text, truncated when it is long.</summary>
    public static string Cut(string? text) =>
        text is null ? "" : text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
}
