using System.Text.RegularExpressions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>Text with a given length and form.</summary>
/// <param name="Min">The minimum number of characters.</param>
/// <param name="Max">The maximum number of characters.</param>
/// <param name="Form">The pattern of the text; null for any text of that length.</param>
/// <param name="Allowed">The rule in words, after "allowed:".</param>
internal sealed record FormRule(int Min, int Max, Regex? Form, string Allowed) : ValueRule
{
    // The number of characters of a value that messages show.
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
            $"allowed: {Allowed}");
    }
}
