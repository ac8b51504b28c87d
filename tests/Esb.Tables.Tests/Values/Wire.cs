using System.Text;
using System.Text.Json;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Values;

/// <summary>JSON of the wire to values and back.</summary>
internal static class Wire
{
    public static JsonElement Json(string json) =>
        JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ValueReader.MostJsonLevels }).RootElement;

    public static AttributeValue Value(string json) => ValueReader.Read(Json(json));

    public static MapValue Item(string json) => ValueReader.ReadItem(Json(json));

    public static byte[] Bytes(MapValue item)
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            ValueWriter.WriteItem(writer, item);
        return stream.ToArray();
    }

    public static string Text(MapValue item) => Encoding.UTF8.GetString(Bytes(item));
}
