using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>A boolean, or a value of the other rule.</summary>
internal sealed record FlagOrRule(ValueRule Other) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Mapping[key] is YamlScalar)
            owner.Boolean(key);
        else
            Other.Check(owner, key, scope);
    }
}
