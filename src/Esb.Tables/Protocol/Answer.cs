using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Esb.Tables.Protocol;

/// <summary>Creates JSON documents.</summary>
internal static class Answer
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Creates a document with an object, whose members the callback writes.</summary>
    public static ReadOnlyMemory<byte> Of(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes a time as AWS's protocol requires: seconds since 1970, with milliseconds.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset time)
    {
        json.WritePropertyName(name);
        json.WriteNumberValue(Math.Round((decimal)time.ToUnixTimeMilliseconds() / 1000, 3));
    }
}
