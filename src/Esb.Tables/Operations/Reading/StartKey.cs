using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>Checks the key after which a page begins.</summary>
internal static class StartKey
{
    private const string Invalid = "The provided starting key is invalid";

    /// <summary>The position that a key stands for.</summary>
    /// <param name="target">The table or index.</param>
    /// <param name="key">The key of the request, or null if it has none.</param>
    /// <param name="isScan">Whether the request is a scan, for which AWS has another message.</param>
    /// <exception cref="TableException">The key is not one of this table or index.</exception>
    public static Bytes? Position(ReadTarget target, MapValue? key, bool isScan)
    {
        if (key is null)
            return null;
        if (key.Members.Count != target.StartKeyNames.Count || !target.StartKeyNames.All(key.Members.ContainsKey))
        {
            throw TableException.Validation(isScan && target.Index is null
                ? $"{Invalid}: The provided key element does not match the schema"
                : Invalid);
        }

        if (target.Index is not null)
            _ = KeyEncoder.OfKey(target.Keys, Part(key, target.Keys.Hash, target.Keys.Range));
        var tableKeys = target.Table.Keys;
        try
        {
            _ = KeyEncoder.OfKey(tableKeys, Part(key, tableKeys.Hash, tableKeys.Range));
        }
        catch (TableException e) when (target.Index is not null || isScan)
        {
            throw TableException.Validation($"{Invalid}: {e.Message}");
        }

        return KeyEncoder.PositionOf(target.Table, target.Index, key);
    }

    private static MapValue Part(MapValue key, string hash, string? range) =>
        new(key.Members.Where(member => member.Key == hash || member.Key == range).ToDictionary());
}
