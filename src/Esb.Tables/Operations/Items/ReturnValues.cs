using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>The attributes that a write returns.</summary>
internal static class ReturnValues
{
    /// <summary>Checks that a write of a whole item is asked to return the old item or nothing.</summary>
    /// <exception cref="TableException">The request asks for something else.</exception>
    public static void RequireOldOrNone(Input input)
    {
        if (input.Text("ReturnValues") is not (null or "ALL_OLD" or "NONE"))
            throw TableException.Validation("ReturnValues can only be ALL_OLD or NONE");
    }

    /// <summary>Writes the attributes as a member of the answer.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="attributes">The attributes; nothing is written if this is null.</param>
    public static void Write(Utf8JsonWriter json, MapValue? attributes)
    {
        if (attributes is null)
            return;
        json.WritePropertyName("Attributes");
        ValueWriter.WriteItem(json, attributes);
    }

    /// <summary>The attributes that an update returns.</summary>
    /// <param name="wanted">The parameter of the request.</param>
    /// <param name="old">The item before the update, or null if there was none.</param>
    /// <param name="changed">The item after the update, with the paths that the update named.</param>
    public static MapValue? Of(string? wanted, MapValue? old, UpdateResult changed) => wanted switch
    {
        "ALL_OLD" => old,
        "ALL_NEW" => changed.Item,
        "UPDATED_OLD" => NullIfEmpty(old is null ? null : new Projection(changed.Changed).Apply(old)),
        "UPDATED_NEW" => NullIfEmpty(new Projection(changed.Changed).Apply(changed.Item)),
        _ => null,
    };

    private static MapValue? NullIfEmpty(MapValue? map) => map is null || map.Members.Count == 0 ? null : map;
}
