using System.Text.Json;
using System.Text.Unicode;

namespace Esb.Gateway.LambdaApi;

/// <summary>The event in a request: JSON or empty.</summary>
internal static class InvokeBody
{
    // Deeper than any realistic event, but bounded.
    private static readonly JsonReaderOptions Depth = new() { MaxDepth = 1_000 };

    /// <summary>The error for a body that is neither JSON nor empty; null for a valid body.</summary>
    public static LambdaError? Problem(byte[] body)
    {
        if (body.Length == 0)
            return null;
        // The reader does not validate the content of strings.
        if (!Utf8.IsValid(body))
            return LambdaError.InvalidJson("it is not UTF-8");
        try
        {
            var reader = new Utf8JsonReader(body, Depth);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return LambdaError.InvalidJson(e.Message);
        }
    }

    /// <summary>The body, or an empty object: a function always gets an event.</summary>
    public static byte[] OrEmptyObject(byte[] body) => body.Length == 0 ? "{}"u8.ToArray() : body;
}
