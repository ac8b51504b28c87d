using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>The primary key of an item.</summary>
/// <param name="Bytes">The position of the item in the order of the table.</param>
/// <param name="Attributes">The one or two key attributes.</param>
public sealed record ItemKey(Bytes Bytes, MapValue Attributes);
