using Esb.Schema.Http;

namespace Esb.Gateway.Events;

/// <summary>
/// Matches media types with a REST API's <c>binaryMediaTypes</c>. Source: API Gateway, "Content type conversions in API
/// Gateway".
/// </summary>
internal static class MediaTypes
{
    /// <summary>Whether a type is in a list, which may contain <c>type/*</c> and <c>*/*</c>.</summary>
    public static bool Match(IReadOnlyList<string> list, ReadOnlySpan<char> type)
    {
        foreach (var entry in list)
        {
            if (entry == "*/*" || type.Equals(entry, StringComparison.OrdinalIgnoreCase))
                return true;
            if (entry.EndsWith("/*", StringComparison.Ordinal)
                && type.StartsWith(entry.AsSpan(0, entry.Length - 1), StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a function's base64 answer is decoded: the first type that the client accepts must be in the list.
    /// Without a list it is always decoded.
    /// </summary>
    public static bool IsAnswerDecoded(IReadOnlyList<string>? list, string? accept)
    {
        if (list is null)
            return true;
        var first = accept.AsSpan();
        var comma = first.IndexOf(',');
        return Match(list, WithoutParameters(comma < 0 ? first : first[..comma]));
    }

    /// <summary>The type without its parameters.</summary>
    public static ReadOnlySpan<char> WithoutParameters(ReadOnlySpan<char> header)
    {
        var parameters = header.IndexOf(';');
        return OptionalWhitespace.Trim(parameters < 0 ? header : header[..parameters]);
    }
}
