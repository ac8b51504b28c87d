using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>Checks the key after which a page begins.</summary>
internal static class StartKey
{
    private const string Invalid = "The provided starting key is invalid";
    private const string OtherSchema = "The provided key element does not match the schema";

    /// <summary>Checks the number of attributes of the key.</summary>
    /// <param name="target">The table or index.</param>
    /// <param name="key">The key of the request, or null if it has none.</param>
    /// <param name="isQuery">Whether the request is a query, for which AWS uses another message.</param>
    /// <exception cref="TableException">The key has too many or too few attributes.</exception>
    public static void RequireCount(ReadTarget target, MapValue? key, bool isQuery)
    {
        if (key is not null && key.Members.Count != target.StartKeyNames.Count)
            throw TableException.Validation(target.Index is null && !isQuery ? $"{Invalid}: {OtherSchema}" : Invalid);
    }

    /// <summary>Checks key attributes of the table or index that is read.</summary>
    /// <exception cref="TableException">An attribute is missing or has the wrong type.</exception>
    public static void RequireAttributes(MapValue? key, IEnumerable<AttributeDefinition> attributes)
    {
        if (key is null)
            return;
        foreach (var (name, type) in attributes)
        {
            if (!key.Members.TryGetValue(name, out var value))
                throw TableException.Validation(Invalid);
            if (value.Type != type)
                throw TableException.Validation(OtherSchema);
        }
    }

    /// <summary>The position of a start key.</summary>
    /// <param name="target">The table or index.</param>
    /// <param name="key">The key of the request, or null if it has none.</param>
    /// <exception cref="TableException">The key does not belong to this table or index.</exception>
    public static Bytes? Position(ReadTarget target, MapValue? key)
    {
        if (key is null)
            return null;
        var keys = target.Table.Keys;
        try
        {
            _ = KeyEncoder.OfKey(keys, Part(key, keys.Hash, keys.Range));
        }
        catch (TableException e)
        {
            throw TableException.Validation($"{Invalid}: {e.Message}");
        }

        return KeyEncoder.PositionOf(target.Table, target.Index, key);
    }

    private static MapValue Part(MapValue key, string hash, string? range) =>
        new(key.Members.Where(member => member.Key == hash || member.Key == range).ToDictionary());
}
