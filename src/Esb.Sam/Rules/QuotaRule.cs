using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>A quota, whose offset is below the days of its period. Source: API Gateway API reference, "QuotaSettings".</summary>
/// <param name="Parts">What each part may be.</param>
internal sealed record QuotaRule(ValueRule Parts) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        Parts.Check(owner, key, scope);
        if (owner.Mapping[key] is not YamlMapping quota || ResourceSet.Text(quota["Period"]) is not { } period || !int.TryParse(ResourceSet.Text(quota["Offset"]), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return;
        var most = period switch { "DAY" => 0, "WEEK" => 6, "MONTH" => 27, _ => int.MaxValue };
        if (offset > most)
            scope.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{owner.Subject}, {key}: 'Offset' is {offset}", quota["Offset"], $"allowed with the period {period} is {(most == 0 ? "0" : $"0 to {most}")}");
    }
}
