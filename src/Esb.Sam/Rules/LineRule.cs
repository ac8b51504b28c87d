using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>A value that must be valid but has no effect here. A line in the receipt says so.</summary>
/// <param name="Value">The rule of the value.</param>
/// <param name="Why">The reason why it has no effect.</param>
internal sealed record LineRule(ValueRule Value, string Why) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        Value.Check(owner, key, scope);
        scope.Receipt.Ignored(scope.Resource, scope.Path, Why, owner.Mapping.KeyNode(key)!);
    }
}
