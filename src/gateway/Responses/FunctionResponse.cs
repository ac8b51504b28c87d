using System.Text;
using System.Text.Json;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Responses;

/// <summary>What a function wants the client to get.</summary>
/// <param name="Status">200 to 599.</param>
/// <param name="Headers">In the order in which they are sent; a name may stand in it several times.</param>
/// <param name="Cookies">Each becomes a <c>Set-Cookie</c> line.</param>
/// <param name="Body">The very bytes; may be a part of the function's payload.</param>
internal readonly record struct FunctionResponse(
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyList<string> Cookies,
    ReadOnlyMemory<byte> Body)
{
    private static readonly KeyValuePair<string, string>[] Json = [new("Content-Type", "application/json")];

    /// <summary>Characters of names, values and cookies.</summary>
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

    /// <summary>An answer that no function was asked for.</summary>
    public static FunctionResponse Of(ConstantAnswer answer) => new(answer.Status, answer.Headers, [], Encoding.UTF8.GetBytes(answer.Body));

    /// <summary>
    /// Reads the payload that a function answered with. False means malformed: 502 from a REST API, 500 from an HTTP API.
    /// </summary>
    /// <remarks>
    /// An HTTP API takes a payload without <c>statusCode</c> as the body of a 200, a JSON string as the text in it. It does so with
    /// anything, valid JSON or not, other than its documentation says (measured by AWS's Lambda Test Tool).
    /// </remarks>
    /// <param name="payload">What the function answered with.</param>
    /// <param name="kind">Whose rules count.</param>
    /// <param name="response">What to send.</param>
    /// <param name="decode">False: base64 is sent as the text that it is, see <c>MediaTypes.IsAnswerDecoded</c>.</param>
    public static bool TryRead(ReadOnlyMemory<byte> payload, ApiKind kind, out FunctionResponse response, bool decode = true)
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
