using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>Checks the key after which a page begins.</summary>
internal static class StartKey
{
    private const string Invalid = "The provided starting key is invalid";
    private const string OtherSchema = "The provided key element does not match the schema";

    /// <summary>Checks the number of attributes, and those that are keys of what is read.</summary>
    /// <param name="target">The table or index.</param>
    /// <param name="key">The key of the request, or null if it has none.</param>
    /// <param name="isQuery">Whether the request is a query; a scan of a table is checked later.</param>
    /// <exception cref="TableException">They are not those of this table or index.</exception>
    public static void RequireKeys(ReadTarget target, MapValue? key, bool isQuery)
    {
        if (key is null)
            return;
        var isScanOfTable = target.Index is null && !isQuery;
        if (key.Members.Count != target.StartKeyNames.Count)
            throw TableException.Validation(isScanOfTable ? $"{Invalid}: {OtherSchema}" : Invalid);
        if (isScanOfTable)
            return;
        var (hash, range) = (target.Keys.Hash, target.Keys.Range);
        if (!key.Members.ContainsKey(hash) || (range is not null && !key.Members.ContainsKey(range)))
            throw TableException.Validation(Invalid);
        _ = KeyEncoder.OfKey(target.Keys, Part(key, hash, range));
    }

    /// <summary>The position that a key stands for.</summary>
    /// <param name="target">The table or index.</param>
    /// <param name="key">The key of the request, or null if it has none.</param>
    /// <exception cref="TableException">The key is not one of this table or index.</exception>
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
