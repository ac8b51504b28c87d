using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// A mapping with known keys. For keys that are ignored, the receipt gives the reason. A key that AWS does not have is
/// an error when a known one is similar, because it is most likely misspelt; otherwise it is a line of the receipt,
/// because AWS adds keys every month. In a mapping of SAM, and in one that controls access, an unknown key is always an
/// error: SAM refuses it, or the routes that it is meant to guard would be open.
/// </summary>
internal sealed record ObjectRule(IReadOnlyDictionary<string, ValueRule> Keys) : ValueRule
{
    private readonly Dictionary<string, string?> _without = new(StringComparer.Ordinal);

    // The reason, as help text, why an unknown key is always an error; null when it is not.
    private string? Refusal { get; init; }

    /// <summary>Required keys.</summary>
    public IReadOnlyList<string> Required { get; private init; } = [];

    /// <summary>
    /// Returns the rule with further keys that have no effect here, for a reason that the receipt gives.
    /// </summary>
    /// <param name="why">The reason; null when the line of the whole property gives it.</param>
    /// <param name="names">The keys, separated by blanks.</param>
    public ObjectRule Ignoring(string? why, string names)
    {
        var rule = new ObjectRule(Keys) { Instead = Instead, Refusal = Refusal, Required = Required };
        foreach (var (name, reason) in _without)
            rule._without.Add(name, reason);
        foreach (var name in names.Split(' '))
            rule._without.Add(name, why);
        return rule;
    }

    /// <summary>Returns the rule with required keys.</summary>
    /// <param name="names">The keys, separated by blanks.</param>
    public ObjectRule Requiring(string names) => this with { Required = [.. names.Split(' ')] };

    /// <summary>Returns the rule for a mapping that controls access.</summary>
    public ObjectRule Guarding() => this with { Refusal = "what it is meant to guard would be open" };

    /// <summary>Returns the rule for a mapping of SAM, whose list of keys does not grow with the service.</summary>
    public ObjectRule OfSam() => this with { Refusal = Refusal ?? "SAM has no such property here" };

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Nested(key) is { } mapping)
            CheckKeys(mapping, scope);
    }

    /// <summary>Checks the mapping itself.</summary>
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
            scope.Diagnostics.Error(
                DiagnosticCodes.MissingKey, $"{mapping.Subject}: '{name}' is missing", mapping.Mapping);
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
