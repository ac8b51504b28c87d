using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>The position of a value in the receipt.</summary>
/// <param name="Resource">The logical id.</param>
/// <param name="Path">The path of the value, such as <c>Events.Get.Auth</c>.</param>
/// <param name="Receipt">Receives a line for what is ignored.</param>
/// <param name="Diagnostics">Receives the errors.</param>
internal sealed record RuleScope(string Resource, string Path, Receipt Receipt, DiagnosticBag Diagnostics)
{
    /// <summary>Reports that a value has no effect, with a warning and a line of the receipt.</summary>
    public void LeaveOut(string why, YamlNode at)
    {
        Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{Resource}: {Path} is left out: {why}", at);
        Receipt.Ignored(Resource, Path, why, at);
    }

    public RuleScope Below(string key) => this with { Path = $"{Path}.{key}" };
}
