using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>How the items of a list are identified, and what they are called in messages.</summary>
/// <param name="Identity">Two items with the same identity cannot both exist; null for an item without one.</param>
/// <param name="Name">The human-readable name.</param>
internal sealed record ItemKey(Func<YamlMapping, string?> Identity, Func<YamlMapping, string> Name)
{
    /// <summary>Identifies items by their name property.</summary>
    public static ItemKey Of(string property) =>
        new(i => (i[property] as YamlScalar)?.Value, i => (i[property] as YamlScalar)?.Value ?? "");
}
