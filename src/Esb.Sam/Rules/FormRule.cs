using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>Text with a given length and form.</summary>
/// <param name="Min">The minimum number of characters.</param>
/// <param name="Max">The maximum number of characters.</param>
/// <param name="Form">Null for any text of that length.</param>
/// <param name="Allowed">The rule in words, after "allowed is".</param>
internal sealed record FormRule(int Min, int Max, Regex? Form, string Allowed) : ValueRule
{
    // Messages show no more of a value.
    private const int Shown = 80;

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Text(key) is not { } text
            || (text.Length >= Min && text.Length <= Max && Form?.IsMatch(text) != false))
            return;
        var shown = text.Length > Shown ? text[..Shown] + "…" : text;
        scope.Diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{owner.Subject}: "
                + $"'{key}' is '{shown}'{(text.Length > Max ? $", which has {text.Length:N0} characters" : "")}",
            owner.Mapping[key],
            $"allowed is {Allowed}");
    }
}

/// <summary>A mapping whose names have a form, and whose values have a rule.</summary>
/// <param name="Form">The form of the names.</param>
/// <param name="Allowed">The rule of the names in words, after "allowed are".</param>
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
                    $"allowed are {Allowed}");
            else
                Value.Check(map, name.Value, scope.Below(name.Value));
        }
    }
}
