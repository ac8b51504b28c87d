using System.Text;
using Esb.Objects.Requests;
using Esb.Schema.Http;
using Esb.Signatures;

namespace Esb.Objects.Signing;

/// <summary>
/// The text that both sides hash ("Signature calculations for the Authorization header", task 1). Path and query are
/// decoded and encoded again, because clients differ in what they leave unescaped. Header bytes are kept as received,
/// hence Latin-1.
/// </summary>
internal static class CanonicalRequest
{
    public static byte[] Build(HttpRequest request, Target target, ClaimedSignature claimed)
    {
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n');
        text.Append(UriText.Encode(target.Path, keepSlashes: true)).Append('\n');
        text.Append(Query(target.Query)).Append('\n');
        foreach (var header in claimed.SignedHeaders)
            text.Append(header).Append(':').Append(HeaderValue(request, header)).Append('\n');
        text.Append('\n');
        text.AppendJoin(';', claimed.SignedHeaders).Append('\n');
        text.Append(claimed.PayloadHash);
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static string Query(QueryParameters query)
    {
        var encoded = query.All
            .Where(p => p.Key != "X-Amz-Signature")
            .Select(p =>
                (Name: UriText.Encode(p.Key, keepSlashes: false), Value: UriText.Encode(p.Value, keepSlashes: false)))
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        return string.Join('&', encoded);
    }

    private static string HeaderValue(HttpRequest request, string header)
    {
        var values = request.Headers[header];
        return string.Join(',', values.Select(v => Collapse(v ?? "")));
    }

    private static string Collapse(string value)
    {
        var trimmed = OptionalWhitespace.Trim(value);
        return trimmed.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : trimmed;
    }
}
