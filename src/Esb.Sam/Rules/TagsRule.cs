using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>Tags: each key once, and none that AWS keeps for itself. Source: AWS Tagging best practices, "Tag naming limits and requirements".</summary>
/// <param name="Parts">What each may be.</param>
internal sealed record TagsRule(ValueRule Parts) : ValueRule
{
    private const string OfAws = "aws:";

    public override void Check(MappingReader owner, string key, RuleScope scope)
    {
        Parts.Check(owner, key, scope);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in (owner.Mapping[key] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (ResourceSet.Text(tag["Key"]) is not { } name)
                continue;
            if (!seen.Add(name))
                scope.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{owner.Subject}, {key}: there are two tags '{name}'", tag["Key"], "a key stands once");
            if (name.StartsWith(OfAws, StringComparison.OrdinalIgnoreCase))
                scope.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{owner.Subject}, {key}: '{name}' begins with {OfAws}", tag["Key"], "AWS keeps such keys for itself");
        }
    }
}
