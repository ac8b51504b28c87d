using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// A quota. Its offset must be less than the number of days in its period. Source: API Gateway API reference,
/// "QuotaSettings".
/// </summary>
/// <param name="Parts">The rule of the parts.</param>
internal sealed record QuotaRule(ValueRule Parts) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        Parts.Check(owner, key, scope);
        if (owner.Mapping[key] is not YamlMapping quota
            || ResourceSet.Text(quota["Period"]) is not { } period
            || !int.TryParse(
                ResourceSet.Text(quota["Offset"]), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return;
        var max = period switch { "DAY" => 0, "WEEK" => 6, "MONTH" => 27, _ => int.MaxValue };
        if (offset > max)
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}, {key}: 'Offset' is {offset}",
                quota["Offset"],
                $"allowed with the period {period} is {(max == 0 ? "0" : $"0 to {max}")}");
    }
}
