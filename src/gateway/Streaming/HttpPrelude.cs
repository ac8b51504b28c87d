using System.Buffers;
using System.Text.Json;
using Esb.Schema.Http;

namespace Esb.Gateway.Streaming;

/// <summary>
/// Status, headers and cookies in front of a streamed answer: a JSON document, then eight NULs, then the body.
/// Source: AWS, Lambda developer guide, "Using a Lambda function URL with response streaming" (content type
/// <c>application/vnd.awslambda.http-integration-response</c>).
/// </summary>
internal sealed record HttpPrelude(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<string> Cookies)
{
    public const string ContentType = "application/vnd.awslambda.http-integration-response";

    /// <summary>Nobody has that many headers; more is not a prelude.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly byte[] End = new byte[8];

    /// <summary>Where the body begins in what has come so far; null when the prelude is not complete.</summary>
    public static (HttpPrelude? Prelude, SequencePosition Body)? Read(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        return reader.TryReadTo(out ReadOnlySequence<byte> document, End) ? (Parse(document), reader.Position) : null;
    }

    private static HttpPrelude? Parse(ReadOnlySequence<byte> document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static HttpPrelude Of(JsonElement root)
    {
        var status = root.TryGetProperty("statusCode", out var code) ? code.GetInt32() : 200;
        List<KeyValuePair<string, string>> headers = [];
        if (root.TryGetProperty("headers", out var map) && map.ValueKind == JsonValueKind.Object)
            headers.AddRange(map.EnumerateObject().Select(h => new KeyValuePair<string, string>(h.Name, h.Value.ToString())));
        List<string> cookies = root.TryGetProperty("cookies", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(c => c.ToString())]
            : [];
        // The same rule as for answers in one piece: in HTTP/2 nobody else looks at a name, and it would become two headers further on.
        var canBeSent = headers.TrueForAll(h => HeaderSyntax.IsToken(h.Key) && HeaderSyntax.IsValue(h.Value)) && cookies.TrueForAll(c => HeaderSyntax.IsValue(c));
        return canBeSent && status is >= 200 and <= 599 ? new HttpPrelude(status, headers, cookies) : throw new FormatException("status or headers");
    }
}
