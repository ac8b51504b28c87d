using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// A rule for a resolved value. What AWS would refuse is an error at its position; what is ignored here is a line of
/// the receipt.
/// </summary>
internal abstract record ValueRule
{
    /// <summary>Replaces an invalid value, so that readers do not report it again; null for no replacement.</summary>
    public YamlNode? Instead { get; init; }

    /// <summary>Checks the value under a key. An absent value and null are always valid.</summary>
    public abstract void Check(MappingReader owner, string key, RuleScope scope);

    /// <summary>Wraps a single value, such as an item of a list.</summary>
    protected static MappingReader Alone(MappingReader owner, string key, YamlNode value, RuleScope scope) =>
        new(
            new YamlMapping([new YamlEntry(new YamlScalar(key, place: value.Place), value)], value.Place),
            owner.Subject,
            scope.Diagnostics);
}

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
