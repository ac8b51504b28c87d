using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Tracing;

/// <summary>
/// The trace of a request in the format that functions get from Lambda (<c>_X_AMZN_TRACE_ID</c>). Sources: AWS X-Ray,
/// "Tracing header"; W3C, "Trace Context"; AWS, "Sending trace data with W3C trace ids" for the conversion.
/// </summary>
internal static class TraceHeader
{
    /// <summary>X-Ray's header.</summary>
    public const string Name = "X-Amzn-Trace-Id";

    private const string TraceParent = "traceparent";
    private const int MaxLength = 512;
    private const int RootLength = 7 + 8 + 1 + 24; // Root=1-8 digits-24
    private const int ParentLength = 7 + 16;
    private const int TraceParentLength = 55; // 00-32 hexadecimal digits-16-2

    /// <summary>The client's X-Ray header; otherwise its W3C header in X-Ray's format; otherwise a new trace.</summary>
    public static string Of(IHeaderDictionary headers, DateTimeOffset now)
    {
        if (headers[Name].ToString() is var brought && IsUsable(brought))
            return brought;
        return FromTraceParent(headers[TraceParent].ToString()) ?? New(now);
    }

    /// <summary>
    /// Converts a W3C header to <c>Root=1-…;Parent=…;Sampled=…</c>; null when the text is not a trace context of
    /// version 00.
    /// </summary>
    public static string? FromTraceParent(string text)
    {
        if (text.Length != TraceParentLength
            || !text.StartsWith("00-", StringComparison.Ordinal)
            || text[35] != '-'
            || text[52] != '-')
            return null;
        var (trace, parent, flags) = (text[3..35], text[36..52], text[53..]);
        if (!IsHex(trace) || !IsHex(parent) || !IsHex(flags) || IsZero(trace) || IsZero(parent))
            return null;
        var sampled = (Convert.ToByte(flags, 16) & 1) == 1;
        return $"{Root(trace)};Parent={parent};Sampled={(sampled ? 1 : 0)}";
    }

    /// <summary>Creates a new trace.</summary>
    public static string New(DateTimeOffset now) => Root(NewId(now));

    /// <summary>The header for requests within a span.</summary>
    public static string Of(Activity span) =>
        $"{Root(span.TraceId.ToHexString())};Parent={span.SpanId.ToHexString()};Sampled={(span.Recorded ? 1 : 0)}";

    /// <summary>The parent span of a request: from the X-Ray header, otherwise from the W3C header.</summary>
    public static ActivityContext ParentIn(IHeaderDictionary headers)
    {
        if (TryParse(headers[Name].ToString(), out var context))
            return context;
        return FromTraceParent(headers[TraceParent].ToString()) is { } trace && TryParse(trace, out context)
            ? new ActivityContext(
                context.TraceId,
                context.SpanId,
                context.TraceFlags,
                headers["tracestate"].ToString() is { Length: > 0 and <= MaxLength } state ? state : null,
                isRemote: true)
            : default;
    }

    /// <summary>
    /// Parses a result of <see cref="Of(IHeaderDictionary, DateTimeOffset)"/>; a trace without a sampling decision is
    /// recorded.
    /// </summary>
    public static bool TryParse(string header, out ActivityContext context)
    {
        var (trace, parent, flags) = ("", "", ActivityTraceFlags.Recorded);
        foreach (var field in header.Length > MaxLength ? [] : OptionalWhitespace.Split(header, ';'))
        {
            if (field.StartsWith("Root=1-", StringComparison.Ordinal) && field.Length == RootLength && field[15] == '-')
                trace = field[7..15] + field[16..];
            else if (field.StartsWith("Parent=", StringComparison.Ordinal) && field.Length == ParentLength)
                parent = field[7..];
            else if (field == "Sampled=0")
                flags = ActivityTraceFlags.None;
        }

        var isTrace = trace.Length > 0 && IsHex(trace) && !IsZero(trace);
        var span = IsHex(parent) && parent.Length > 0 ? ActivitySpanId.CreateFromString(parent) : default;
        context = isTrace
            ? new ActivityContext(ActivityTraceId.CreateFromString(trace), span, flags, isRemote: true)
            : default;
        return isTrace;
    }

    /// <summary>A new id of 32 hexadecimal digits: eight for the time in seconds, and 24 for 96 random bits.</summary>
    public static string NewId(DateTimeOffset now)
    {
        // The random bits are those of a UUID, without its version or variant. The cryptographic generator would have
        // to load OpenSSL first.
        Span<byte> uuid = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(uuid);
        uuid[9..].CopyTo(uuid[5..]);
        var random = uuid[..12];
        return string.Create(
            CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds():x8}{Convert.ToHexStringLower(random)}");
    }

    private static string Root(string trace) => $"Root=1-{trace.AsSpan(0, 8)}-{trace.AsSpan(8)}";

    // The trace is sent as a header to the function and to the client, so only visible ASCII is allowed.
    private static bool IsUsable([NotNullWhen(true)] string? trace) =>
        trace is { Length: > 0 and <= MaxLength } && !trace.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // The specification allows only lower case.
    private static bool IsHex(string text) => text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');

    private static bool IsZero(string text) => text.All(c => c == '0');
}
