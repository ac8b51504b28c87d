using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Manifests;

/// <summary>
/// Checks that a bucket's policy follows IAM's grammar, as S3 does ("MalformedPolicy"): a store that ignores what it
/// does not know would grant access where a denial is misspelt. Source: IAM, "Grammar of the IAM JSON policy language".
/// </summary>
internal sealed class PolicyReader(ValueReader values, DiagnosticBag diagnostics)
{
    private static readonly (string One, string Other)[] Pairs =
        [("Principal", "NotPrincipal"), ("Action", "NotAction"), ("Resource", "NotResource")];

    /// <summary>Checks a policy.</summary>
    /// <param name="policy">The document.</param>
    /// <param name="bucket">The name of the bucket in messages.</param>
    public void Check(YamlMapping policy, string bucket)
    {
        var subject = $"{bucket}, {BucketProperty.Policy}";
        var document = values.Only(new MappingReader(policy, subject, diagnostics), "Version", "Id", "Statement");
        values.OneOf(document, "Version", "2012-10-17", "2008-10-17");
        values.Missing<string>(document, "Statement", "a policy has at least one statement");
        IReadOnlyList<YamlNode> statements = policy["Statement"] is YamlSequence list ? list.Items
            : policy["Statement"] is { } one and not YamlScalar { IsNull: true } ? [one]
            : [];
        if (policy["Statement"] is YamlSequence { Items.Count: 0 } empty)
            Wrong($"{subject}: 'Statement' is empty", empty, "a policy has at least one statement");
        foreach (var statement in statements)
        {
            if (statement is YamlMapping mapping)
                Statement(new MappingReader(mapping, $"{subject}, Statement", diagnostics));
            else
                Wrong(
                    $"{subject}: a statement must be a mapping, but is {statement.Kind}",
                    statement,
                    "for example {Effect: Deny, Principal: '*', Action: 's3:*', Resource: ARN}");
        }
    }

    private void Statement(MappingReader statement)
    {
        values.Only(
            statement, "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource",
            "Condition");
        values.OneOf(statement, "Effect", "Allow", "Deny");
        values.Missing<string>(statement, "Effect", "Allow or Deny");
        foreach (var (one, other) in Pairs)
        {
            if (statement.Mapping.Contains(one) == statement.Mapping.Contains(other))
                Wrong(
                    $"{statement.Subject}: it needs either '{one}' or '{other}'",
                    statement.Mapping,
                    "S3 refuses a statement with neither or both");
        }

        foreach (var (key, value) in statement.Mapping.Entries.Where(e => Holes(e.Value).Any()))
            Wrong(
                $"{statement.Subject}: '{key.Value}' names nothing in one place",
                Holes(value).First(),
                "complete it, or leave the statement out");
        statement.Nested("Condition");
    }

    // Nulls, empty lists and empty mappings, at any depth. A key that is null itself has been reported already.
    private static IEnumerable<YamlNode> Holes(YamlNode node) => node switch
    {
        YamlSequence { Items.Count: 0 } or YamlMapping { Entries.Count: 0 } => [node],
        YamlSequence list => list.Items.SelectMany(i => i is YamlScalar { IsNull: true } ? [i] : Holes(i)),
        YamlMapping mapping => mapping.Entries.SelectMany(
            e => e.Value is YamlScalar { IsNull: true } ? [e.Value] : Holes(e.Value)),
        _ => [],
    };

    private void Wrong(string message, YamlNode at, string help) =>
        diagnostics.Error(DiagnosticCodes.WrongValue, message, at, help);
}
