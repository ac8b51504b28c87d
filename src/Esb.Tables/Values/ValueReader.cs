using System.Text.Json;

namespace Esb.Tables.Values;

/// <summary>Reads values in the form of the wire.</summary>
public static class ValueReader
{
    /// <summary>Reads one value, e.g. <c>{"S": "a"}</c>.</summary>
    /// <exception cref="Errors.TableException">It is not one.</exception>
    public static AttributeValue Read(JsonElement element) => throw new NotImplementedException();

    /// <summary>Reads an item or a key: a map from names to values.</summary>
    /// <exception cref="Errors.TableException">It is not one.</exception>
    public static MapValue ReadItem(JsonElement element) => throw new NotImplementedException();

    /// <summary>Reads an item as <see cref="ValueWriter.WriteItem"/> wrote it, without checks.</summary>
    public static MapValue ReadStored(ReadOnlySpan<byte> json) => throw new NotImplementedException();
}
