using System.Text;
using System.Text.Json;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Responses;

/// <summary>A function's answer to the client.</summary>
/// <param name="Status">The status, from 200 to 599.</param>
/// <param name="Headers">The headers in the order in which they are sent; a name may occur several times.</param>
/// <param name="Cookies">Each becomes a <c>Set-Cookie</c> header.</param>
/// <param name="Body">The exact bytes, possibly a slice of the function's payload.</param>
internal readonly record struct FunctionResponse(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyList<string> Cookies,
    ReadOnlyMemory<byte> Body)
{
    private static readonly KeyValuePair<string, string>[] Json = [new("Content-Type", "application/json")];

    /// <summary>The total number of characters in header names, header values and cookies.</summary>
    public int HeadLength
    {
        get
        {
            var length = 0;
            foreach (var (name, value) in Headers)
                length += name.Length + value.Length;
            foreach (var cookie in Cookies)
                length += cookie.Length;
            return length;
        }
    }

    /// <summary>Creates an answer without a function.</summary>
    public static FunctionResponse Of(ConstantAnswer answer) =>
        new(answer.Status, answer.Headers, [], Encoding.UTF8.GetBytes(answer.Body));

    /// <summary>
    /// Reads the payload of a function. False when it is malformed: a REST API then answers 502, an HTTP API 500.
    /// </summary>
    /// <remarks>
    /// An HTTP API uses a payload without <c>statusCode</c> as the body of a 200, and the text of a JSON string as that
    /// body. Contrary to its documentation, it does so for any payload, whether or not it is valid JSON (measured by
    /// AWS's Lambda Test Tool).
    /// </remarks>
    /// <param name="payload">The function's payload.</param>
    /// <param name="kind">The kind of API.</param>
    /// <param name="response">The response.</param>
    /// <param name="decode">False to send base64 as text, see <c>MediaTypes.IsAnswerDecoded</c>.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> payload,
        ApiKind kind,
        out FunctionResponse response,
        bool decode = true)
    {
        var reader = new FunctionResponseReader(payload, kind, decode);
        var found = reader.Read();
        response = found == ResponseForm.Complete ? reader.Response : default;
        if (found != ResponseForm.NoStatus || kind == ApiKind.Rest)
            return found == ResponseForm.Complete;
        response = new FunctionResponse(200, Json, [], TextOf(payload));
        return true;
    }

    private static ReadOnlyMemory<byte> TextOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                return payload;
            var text = FunctionResponseReader.TextOf(ref reader, payload);
            return reader.Read() ? payload : text;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return payload;
        }
    }
}
