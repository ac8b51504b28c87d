using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>The primary key of an item.</summary>
/// <param name="Bytes">Its place in the order of the table.</param>
/// <param name="Attributes">Its one or two attributes.</param>
public sealed record ItemKey(Bytes Bytes, MapValue Attributes);
