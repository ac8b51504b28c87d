namespace Esb.Manifests;

/// <summary>One attribute of a key.</summary>
/// <param name="Attribute">The attribute's name.</param>
/// <param name="Role"><c>HASH</c> or <c>RANGE</c>.</param>
internal sealed record KeyPart(string Attribute, string Role)
{
    public override string ToString() => $"{Attribute} ({Role})";
}

/// <summary>Capacity units.</summary>
internal sealed record Throughput(long Read, long Write)
{
    public override string ToString() => $"{Read} read, {Write} write";
}

/// <summary>A global or local secondary index.</summary>
/// <param name="Name">Unique within its table.</param>
/// <param name="Keys">Hash key first.</param>
/// <param name="Projection"><c>ALL</c>, <c>KEYS_ONLY</c> or <c>INCLUDE</c>.</param>
/// <param name="Included">The attributes of <c>INCLUDE</c>, sorted.</param>
/// <param name="Throughput">
/// Only for a global index of a provisioned table; null when the manifest does not set it.
/// </param>
internal sealed record TableIndex(
    string Name,
    Sequence<KeyPart> Keys,
    string Projection,
    Sequence<string> Included,
    Throughput? Throughput = null)
{
    /// <summary>The part that can only be changed by creating a new index.</summary>
    public bool HasShapeOf(TableIndex other) =>
        Keys.Equals(other.Keys) && Projection == other.Projection && Included.Equals(other.Included);

    public string Shape =>
        $"{Key.Text(Keys)}, {(Included.Count == 0 ? Projection : $"{Projection} {string.Join(" ", Included)}")}";
}

/// <summary>Formats keys for output.</summary>
internal static class Key
{
    public static string Text(Sequence<KeyPart> keys) => string.Join(" ", keys);
}
