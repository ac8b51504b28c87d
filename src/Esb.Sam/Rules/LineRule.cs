using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>A value that must be right and does nothing here, which a line of the receipt says.</summary>
/// <param name="Value">What it may be.</param>
/// <param name="Why">Why it does nothing.</param>
internal sealed record LineRule(ValueRule Value, string Why) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        Value.Check(owner, key, scope);
        scope.Receipt.Ignored(scope.Resource, scope.Path, Why, owner.Mapping.KeyNode(key)!);
    }
}
