using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

internal sealed record FreeRule : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
    }
}

internal sealed record TextRule : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope) => owner.Text(key);
}

/// <summary>Text of a given length that no message shows.</summary>
internal sealed record SecretRule(int Min, int Max) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Text(key) is { } text && (text.Length < Min || text.Length > Max))
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}: '{key}' has {text.Length} characters",
                owner.Mapping[key],
                $"allowed: {Min} to {Max}");
    }
}

/// <summary>A validation expression for a token or its audience.</summary>
internal sealed record ExpressionRule : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Text(key) is { } text && TokenExpression.Problem(text) is { } problem)
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}: '{key}' cannot be used: {problem}",
                owner.Mapping[key],
                TokenExpression.Rule);
    }
}

internal sealed record FlagRule : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope) => owner.Boolean(key);
}

internal sealed record WholeRule(int Min, int Max) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope) => owner.Integer(key, Min, Max);
}

internal sealed record WordRule(IReadOnlyList<string> Words, bool IgnoreCase) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Text(key) is { } text
            && !Words.Contains(text, IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal))
            scope.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{owner.Subject}: "
                + $"'{key}' is '{text}'", owner.Mapping[key], (text.Any(char.IsAsciiLetter)
                ? Receipts.NearMiss.Help(text, Words)
                : null)
                ?? $"allowed: {string.Join(", ", Words.SkipLast(1))}{(Words.Count > 1 ? " or " : "")}{Words[^1]}");
    }
}

internal sealed record TextOrRule(ValueRule Other) : ValueRule
{
    /// <summary>The rule of the text; null when another reader checks it.</summary>
    public ValueRule? Scalar { get; init; }

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Mapping[key] is YamlSequence list && Other is ObjectRule)
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{owner.Subject}: '{key}' must be text or a mapping, but is {list.Kind}",
                list);
        else
            (owner.Mapping[key] is YamlScalar ? Scalar : Other)?.Check(owner, key, scope);
    }
}

/// <summary>
/// A list. CloudFormation refuses a single value; where SAM accepts it as a list of one, the rule says so.
/// </summary>
internal sealed record ListRule(ValueRule Item) : ValueRule
{
    /// <summary>Whether a single value counts as a list of one.</summary>
    public bool TakesOne { get; init; }

    public int Min { get; init; }

    public int Max { get; init; } = int.MaxValue;

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (TakesOne && owner.Mapping[key] is YamlScalar)
        {
            Item.Check(owner, key, scope);
            return;
        }

        if (owner.Mapping[key] is YamlSequence list && (list.Items.Count < Min || list.Items.Count > Max))
            scope.Diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{owner.Subject}: '{key}' has {list.Items.Count:N0} entries",
                list,
                Max == int.MaxValue ? $"allowed: {Min} or more"
                    : Min == Max ? $"allowed: exactly {Min}"
                    : $"allowed: {Min} to {Max}");
        var number = 0;
        foreach (var item in owner.List(key))
            Item.Check(Alone(owner, key, item, scope), key, scope with { Path = $"{scope.Path}[{number++}]" });
    }
}

internal sealed record MapRule(ValueRule Value) : ValueRule
{
    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        if (owner.Nested(key) is not { } map)
            return;
        foreach (var (name, _) in map.Mapping.Entries)
            Value.Check(map, name.Value, scope.Below(name.Value));
    }
}
