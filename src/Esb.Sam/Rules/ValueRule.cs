using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>What a resolved value may be. What AWS would refuse is an error with its place; what is left out here is a line of the receipt.</summary>
internal abstract record ValueRule
{
    /// <summary>Takes the place of a value that is wrong, so that readers do not say the same a second time; null: nothing does.</summary>
    public YamlNode? Instead { get; init; }

    /// <summary>Says what is wrong with the value under a key. What is absent or null is never wrong.</summary>
    public abstract void Check(MappingReader owner, string key, RuleScope scope);

    /// <summary>One value by itself, as an item of a list.</summary>
    protected static MappingReader Alone(MappingReader owner, string key, YamlNode value, RuleScope scope) =>
        new(new YamlMapping([new YamlEntry(new YamlScalar(key, place: value.Place), value)], value.Place), owner.Subject, scope.Diagnostics);
}

/// <summary>Where a value stands, for the receipt.</summary>
/// <param name="Resource">The logical id.</param>
/// <param name="Path">Of the value, <c>Events.Get.Auth</c>.</param>
/// <param name="Receipt">Takes what is left out.</param>
/// <param name="Diagnostics">Takes what is wrong.</param>
internal sealed record RuleScope(string Resource, string Path, Receipt Receipt, DiagnosticBag Diagnostics)
{
    /// <summary>Says by a warning and a line of the receipt that a value has no effect.</summary>
    public void LeaveOut(string why, YamlNode at)
    {
        Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{Resource}: {Path} is left out: {why}", at);
        Receipt.Ignored(Resource, Path, why, at);
    }

    public RuleScope Below(string key) => this with { Path = $"{Path}.{key}" };
}
