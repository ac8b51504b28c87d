using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// A mapping whose keys are known. Of those that are ignored the receipt says why. A key that AWS does not have is an error when another
/// one is near, since it is most likely that one, and otherwise a line of the receipt: properties get new keys every month. In a mapping
/// of SAM's own, and in one that says who may call, it is always an error: SAM refuses it, or what it was to guard would be open.
/// </summary>
internal sealed record ObjectRule(IReadOnlyDictionary<string, ValueRule> Keys) : ValueRule
{
    private readonly Dictionary<string, string?> _without = new(StringComparer.Ordinal);

    // Why a key that is not known is an error in any case, as help; null when it is not.
    private string? Refusal { get; init; }

    /// <summary>Keys that must be there.</summary>
    public IReadOnlyList<string> Required { get; private init; } = [];

    /// <summary>The same, with further keys that do nothing here, for a reason that the receipt says.</summary>
    /// <param name="why">The reason; null when what holds for the whole says it already.</param>
    /// <param name="names">Separated by blanks.</param>
    public ObjectRule Ignoring(string? why, string names)
    {
        var rule = new ObjectRule(Keys) { Instead = Instead, Refusal = Refusal, Required = Required };
        foreach (var (name, reason) in _without)
            rule._without.Add(name, reason);
        foreach (var name in names.Split(' '))
            rule._without.Add(name, why);
        return rule;
    }

    /// <summary>The same, where these keys must be there.</summary>
    /// <param name="names">Separated by blanks.</param>
    public ObjectRule Requiring(string names) => this with { Required = [.. names.Split(' ')] };

    /// <summary>The same as what says who may call.</summary>
    public ObjectRule Guarding() => this with { Refusal = "what it was to guard would be open" };

    /// <summary>The same as a mapping that SAM itself reads, with a list of keys that does not grow by what a service adds.</summary>
    public ObjectRule OfSam() => this with { Refusal = Refusal ?? "SAM has no such property here" };

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Nested(key) is { } mapping)
            CheckKeys(mapping, scope);
    }

    /// <summary>The same for the mapping itself.</summary>
    public void CheckKeys(MappingReader mapping, RuleScope scope)
    {
        foreach (var (key, _) in mapping.Mapping.Entries)
        {
            if (Keys.TryGetValue(key.Value, out var rule))
                rule.Check(mapping, key.Value, scope.Below(key.Value));
            else if (!_without.TryGetValue(key.Value, out var why))
                Unknown(mapping, key, scope);
            else if (why is not null)
                scope.Receipt.Ignored(scope.Resource, $"{scope.Path}.{key.Value}", why, key);
        }

        foreach (var name in Required.Where(n => mapping.Mapping[n] is null or YamlScalar { IsNull: true }))
            scope.Diagnostics.Error(DiagnosticCodes.MissingKey, $"{mapping.Subject}: '{name}' is missing", mapping.Mapping);
    }

    private void Unknown(MappingReader mapping, YamlScalar key, RuleScope scope)
    {
        var message = $"{mapping.Subject}: unknown property '{key.Value}'";
        var help = NearMiss.Help(key.Value, Keys.Keys.Concat(_without.Keys)) ?? Refusal;
        if (help is not null || GuardWords.IsGuard(key.Value))
        {
            scope.Diagnostics.Error(DiagnosticCodes.UnknownKey, message, key, help);
            return;
        }

        scope.Diagnostics.Warning(DiagnosticCodes.UnknownKey, message, key);
        scope.Receipt.Ignored(scope.Resource, $"{scope.Path}.{key.Value}", "this version knows no such property", key);
    }
}
