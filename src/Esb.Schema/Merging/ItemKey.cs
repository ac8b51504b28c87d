using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>What tells the items of a list apart, and what people call them.</summary>
/// <param name="Identity">Two items with the same one cannot both be there; null for an item that is known by nothing.</param>
/// <param name="Name">For people.</param>
internal sealed record ItemKey(Func<YamlMapping, string?> Identity, Func<YamlMapping, string> Name)
{
    /// <summary>Items that are known by the name that they have themselves.</summary>
    public static ItemKey Of(string property) => new(i => (i[property] as YamlScalar)?.Value, i => (i[property] as YamlScalar)?.Value ?? "");
}
