using System.Text.Json;
using System.Text.Unicode;
using Esb.Tables.Errors;

namespace Esb.Tables.Protocol;

/// <summary>
/// Reads the body of a request. A document whose strings are not text is refused here, once: .NET would notice only
/// where each of them is read.
/// </summary>
internal static class RequestDocument
{
    // Values may be nested to 32 levels, each of two levels of JSON.
    private const int Depth = 192;

    /// <summary>Reads an object.</summary>
    /// <exception cref="TableException">SerializationException: it is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        var document = ParseAny(body);
        if (document.RootElement.ValueKind is JsonValueKind.Object)
            return document;
        document.Dispose();
        throw NotReadable();
    }

    /// <summary>Reads a document of JSON.</summary>
    /// <exception cref="TableException">SerializationException: it is none.</exception>
    public static JsonDocument ParseAny(ReadOnlyMemory<byte> body)
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

    /// <summary>Whether bytes and escapes make whole characters: an escape may be one half of two.</summary>
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
