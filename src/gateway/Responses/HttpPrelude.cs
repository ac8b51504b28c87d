using System.Globalization;
using System.Text.Json;

namespace Esb.Gateway.Responses;

/// <summary>
/// Status, headers and cookies before a streamed body: a JSON document, then eight NULs, then the body. Source: AWS,
/// Lambda developer guide, "Using a Lambda function URL with response streaming" (content type
/// <c>application/vnd.awslambda.http-integration-response</c>).
/// </summary>
internal static class HttpPrelude
{
    public const string ContentType = "application/vnd.awslambda.http-integration-response";

    /// <summary>The head of the answer; null when the document is invalid.</summary>
    public static FunctionResponse? Parse(ReadOnlyMemory<byte> document)
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

    private static FunctionResponse? Of(JsonElement root)
    {
        var status = root.TryGetProperty("statusCode", out var code) ? StatusOf(code) : 200;
        List<KeyValuePair<string, string>> headers = [];
        if (root.TryGetProperty("headers", out var map) && map.ValueKind == JsonValueKind.Object)
            headers.AddRange(map.EnumerateObject().Where(h => h.Value.ValueKind != JsonValueKind.Null)
                .Select(h => new KeyValuePair<string, string>(h.Name, TextOf(h.Value))));
        List<string> cookies = root.TryGetProperty("cookies", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(c => c.GetString()!)]
            : [];
        var canBeSent = status is >= 200 and <= 599
            && headers.TrueForAll(h => ResponseHeaders.CanSend(h.Key, h.Value))
            && cookies.TrueForAll(c => c is not null && ResponseHeaders.CanSend("Set-Cookie", c));
        return canBeSent ? new FunctionResponse(status, headers, cookies, default) : null;
    }

    // As in a complete answer, '201' as a string is a valid status.
    private static int StatusOf(JsonElement code) =>
        code.ValueKind == JsonValueKind.String
            ? int.Parse(code.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture)
            : code.GetInt32();

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw new FormatException("a header is a text, a number or a boolean"),
    };
}
