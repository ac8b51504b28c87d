using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tracing;

/// <summary>
/// The trace that a request belongs to, in the form in which Lambda hands it to functions (<c>_X_AMZN_TRACE_ID</c>).
/// Sources: AWS X-Ray, "Tracing header"; W3C, "Trace Context"; AWS, "Sending trace data with W3C trace ids" for how one becomes the other.
/// </summary>
internal static class TraceHeader
{
    /// <summary>X-Ray's header.</summary>
    public const string Name = "X-Amzn-Trace-Id";

    private const string TraceParent = "traceparent";
    private const int MaxLength = 512;
    private const int TraceParentLength = 55; // 00-32 hexadecimal digits-16-2

    /// <summary>X-Ray's header as it was brought; else the W3C one in X-Ray's form; else a new trace.</summary>
    public static string Of(IHeaderDictionary headers, DateTimeOffset now)
    {
        if (headers[Name].ToString() is var brought && IsUsable(brought))
            return brought;
        return FromTraceParent(headers[TraceParent].ToString()) ?? New(now);
    }

    /// <summary><c>Root=1-…;Parent=…;Sampled=…</c>; null when the text is no trace context of version 00.</summary>
    public static string? FromTraceParent(string text)
    {
        if (text.Length != TraceParentLength || !text.StartsWith("00-", StringComparison.Ordinal) || text[35] != '-' || text[52] != '-')
            return null;
        var (trace, parent, flags) = (text[3..35], text[36..52], text[53..]);
        if (!IsHex(trace) || !IsHex(parent) || !IsHex(flags) || IsZero(trace) || IsZero(parent))
            return null;
        var sampled = (Convert.ToByte(flags, 16) & 1) == 1;
        return $"Root=1-{trace[..8]}-{trace[8..]};Parent={parent};Sampled={(sampled ? 1 : 0)}";
    }

    /// <summary>Version, seconds in eight hexadecimal digits, 96 random bits.</summary>
    public static string New(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[12];
        RandomNumberGenerator.Fill(random);
        return string.Create(CultureInfo.InvariantCulture, $"Root=1-{now.ToUnixTimeSeconds():x8}-{Convert.ToHexStringLower(random)}");
    }

    // It is sent on as a header, to the function and back to the client, where only visible ASCII is allowed.
    private static bool IsUsable([NotNullWhen(true)] string? trace) =>
        trace is { Length: > 0 and <= MaxLength } && !trace.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // The specification has lower case only.
    private static bool IsHex(string text) => text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    private static bool IsZero(string text) => text.All(c => c == '0');
}
