namespace Esb.Gateway.Tracing;

/// <summary>What clients write and what is kept for a while: thousands of lines wait for a disk or a collector, and each could have ten kilobytes.</summary>
internal static class ClientText
{
    private const int Most = 1_000;

    /// <summary>Its beginning, when it is long.</summary>
    public static string Cut(string? text) => text is null ? "" : text.Length <= Most ? text : string.Concat(text.AsSpan(0, Most), "…");
}
