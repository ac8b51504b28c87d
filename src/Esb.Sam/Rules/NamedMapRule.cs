using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>A mapping whose names have a form, and whose values have a rule.</summary>
/// <param name="Form">The form of the names.</param>
/// <param name="Allowed">The rule of the names in words, after "allowed:".</param>
/// <param name="Value">The rule of each value.</param>
internal sealed record NamedMapRule(Regex Form, string Allowed, ValueRule Value) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Nested(key) is not { } map)
            return;
        foreach (var (name, _) in map.Mapping.Entries)
        {
            if (!Form.IsMatch(name.Value))
                scope.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{map.Subject}: the name '{name.Value}' is not valid",
                    name,
                    $"allowed: {Allowed}");
            else
                Value.Check(map, name.Value, scope.Below(name.Value));
        }
    }
}
