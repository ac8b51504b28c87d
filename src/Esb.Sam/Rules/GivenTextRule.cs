using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>Text that must not be null, because CloudFormation accepts no null.</summary>
internal sealed record GivenTextRule : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Mapping[key] is YamlScalar { IsNull: true } nothing)
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}: '{key}' has no value",
                nothing,
                "CloudFormation accepts no null; for an empty text write ''");
        else
            owner.Text(key);
    }
}
