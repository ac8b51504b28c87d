using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Tags: each key once, and none that AWS reserves. Source: AWS Tagging best practices, "Tag naming limits and
/// requirements".
/// </summary>
/// <param name="Parts">The rule of each tag.</param>
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
                scope.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{owner.Subject}, {key}: there are two tags with the key '{name}'",
                    tag["Key"],
                    "use each key only once");
            if (name.StartsWith(OfAws, StringComparison.OrdinalIgnoreCase))
                scope.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{owner.Subject}, {key}: '{name}' begins with {OfAws}",
                    tag["Key"],
                    "AWS reserves such keys");
        }
    }
}
