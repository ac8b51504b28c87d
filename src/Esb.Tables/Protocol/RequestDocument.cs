using System.Text.Json;
using System.Text.Unicode;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol;

/// <summary>
/// Reads the body of a request. A document with a string that is not valid text is rejected here: .NET would notice the
/// problem only where that string is read.
/// </summary>
internal static class RequestDocument
{
    // Values can be nested up to 32 levels deep, and each level takes two levels of JSON.
    private const int Depth = 192;

    /// <summary>Reads a JSON document of any type.</summary>
    /// <exception cref="TableException">A SerializationException: the body is not a JSON document.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (!IsText(body.Span))
                throw NotReadable();
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Depth });
        }
        catch (JsonException)
        {
            throw NotReadable();
        }
    }

    /// <summary>Checks the type of the document, which AWS does only after the signature.</summary>
    /// <exception cref="TableException">A SerializationException: the body is not a JSON object.</exception>
    public static void RequireObject(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            throw NotReadable();
    }

    /// <summary>
    /// Whether all strings are valid text. An escape can be half of a surrogate pair without the other half.
    /// </summary>
    private static bool IsText(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            return false;
        if (body.IndexOf("\\u"u8) < 0)
            return true;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                    _ = reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static TableException NotReadable() => new("SerializationException", "");
}
