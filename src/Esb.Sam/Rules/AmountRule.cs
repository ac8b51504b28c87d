using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>A number that is not negative and need not be an integer.</summary>
internal sealed record AmountRule : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Text(key) is { } text
            && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
                && amount >= 0
                && double.IsFinite(amount)))
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}: '{key}' is '{text}'",
                owner.Mapping[key],
                "allowed: a number that is not below 0");
    }
}
