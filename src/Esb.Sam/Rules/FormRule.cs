using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>Text of a length and a form.</summary>
/// <param name="Least">Characters.</param>
/// <param name="Most">Characters.</param>
/// <param name="Form">Null when any text of that length will do.</param>
/// <param name="Allowed">The rule in words, behind "allowed is".</param>
internal sealed record FormRule(int Least, int Most, Regex? Form, string Allowed) : ValueRule
{
    // More of a value helps nobody to find it.
    private const int Shown = 80;

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Text(key) is not { } text || (text.Length >= Least && text.Length <= Most && Form?.IsMatch(text) != false))
            return;
        var shown = text.Length > Shown ? text[..Shown] + "…" : text;
        scope.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{owner.Subject}: '{key}' is '{shown}'{(text.Length > Most ? $", which has {text.Length:N0} characters" : "")}", owner.Mapping[key], $"allowed is {Allowed}");
    }
}

/// <summary>Names of a mapping, each of a form, and what their values may be.</summary>
/// <param name="Form">Of the names.</param>
/// <param name="Allowed">The rule of the names in words, behind "allowed are".</param>
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
                scope.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{map.Subject}: the name '{name.Value}' is not one", name, $"allowed are {Allowed}");
            else
                Value.Check(map, name.Value, scope.Below(name.Value));
        }
    }
}
