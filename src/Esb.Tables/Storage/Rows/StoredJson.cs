using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Values;
using SQLitePCL;

namespace Esb.Tables.Storage.Rows;

/// <summary>Writes and reads items as they are stored: in the JSON format of the API.</summary>
internal sealed class StoredJson : IDisposable
{
    // A buffer that is larger than this is not kept for the next item.
    private const int KeptBytes = 64 * 1024;

    private ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter _writer;

    public StoredJson() => _writer = NewWriter();

    /// <summary>The JSON of an item, valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(MapValue item)
    {
        if (_buffer.Capacity > KeptBytes)
        {
            _buffer = new ArrayBufferWriter<byte>();
            _writer.Dispose();
            _writer = NewWriter();
        }
        else
        {
            _buffer.ResetWrittenCount();
            _writer.Reset(_buffer);
        }

        ValueWriter.WriteItem(_writer, item);
        _writer.Flush();
        return _buffer.WrittenSpan;
    }

    /// <summary>Reads what was stored.</summary>
    /// <exception cref="SqlException">The bytes are not a stored item.</exception>
    public static MapValue Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ValueReader.ReadStored(json);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or InvalidDataException)
        {
            throw new SqlException(raw.SQLITE_CORRUPT, $"an item is damaged: {e.Message}");
        }
    }

    public void Dispose() => _writer.Dispose();

    private Utf8JsonWriter NewWriter() =>
        new(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
