using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>
/// The caller's client context: a JSON object in base64, with up to 3,583 bytes. Source: Lambda API, Invoke.
/// </summary>
internal static class ClientContext
{
    private const int MaxLength = 3_583;

    /// <summary>
    /// The context as one line of ASCII for the runtime's header, or an error; both are null when the request has no
    /// context.
    /// </summary>
    public static (string? Json, LambdaError? Error) Read(HttpRequest request)
    {
        var text = request.Headers["X-Amz-Client-Context"].ToString();
        if (text.Length == 0)
            return (null, null);
        try
        {
            if (text.Length <= MaxLength)
            {
                using var document = JsonDocument.Parse(Convert.FromBase64String(text));
                if (document.RootElement.ValueKind == JsonValueKind.Object)
                    return (OneLine(document), null);
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Reported below. InvalidOperationException is thrown for an escaped half of a surrogate pair.
        }

        return (null, new LambdaError(
            400,
            "InvalidRequestContentException",
            $"Client context must be a valid Base64-encoded JSON object of at most {MaxLength} bytes."));
    }

    private static string OneLine(JsonDocument document)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            document.WriteTo(json);
        return Encoding.ASCII.GetString(buffer.ToArray());
    }
}
