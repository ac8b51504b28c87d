using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// A rule for a resolved value. What AWS would refuse is an error at its position; what is ignored here gets a line in
/// the receipt.
/// </summary>
internal abstract record ValueRule
{
    /// <summary>Replaces an invalid value, so that readers do not report it again; null for no replacement.</summary>
    public YamlNode? Instead { get; init; }

    /// <summary>Checks the value under a key. An absent value and null are always valid.</summary>
    public abstract void Check(MappingReader owner, string key, RuleScope scope);

    /// <summary>Wraps a single value, such as an item of a list.</summary>
    protected static MappingReader Alone(MappingReader owner, string key, YamlNode value, RuleScope scope) =>
        new(
            new YamlMapping([new YamlEntry(new YamlScalar(key, place: value.Place), value)], value.Place),
            owner.Subject,
            scope.Diagnostics);
}
