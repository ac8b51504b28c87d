using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// A runtime of Lambda. A runtime that is newer than this version of ESB is accepted, with a line of the receipt.
/// </summary>
internal sealed record RuntimeRule : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Text(key) is not { } runtime)
            return;
        if (!Runtimes.IsKnown(runtime))
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}: '{runtime}' is not a runtime",
                owner.Mapping[key],
                NearMiss.Help(runtime, Runtimes.Current) ?? $"for example {Runtimes.Current[0]}");
        else if (Runtimes.IsNewer(runtime))
            scope.LeaveOut($"this version does not know the runtime '{runtime}'", owner.Mapping[key]!);
    }
}
