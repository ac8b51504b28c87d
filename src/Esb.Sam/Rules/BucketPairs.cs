using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Parts of a bucket that are valid alone but that S3 refuses together. Sources: S3 API reference,
/// "PutBucketLifecycleConfiguration", "LifecycleExpiration", "PutBucketWebsite".
/// </summary>
internal static class BucketPairs
{
    public static void Check(TemplateResource bucket, DiagnosticBag diagnostics)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in Mappings((bucket.Properties["LifecycleConfiguration"] as YamlMapping)?["Rules"]))
        {
            var subject = $"{bucket.LogicalId}, LifecycleConfiguration, Rules";
            if (ResourceSet.Text(rule["Id"]) is { Length: > 0 } id && !ids.Add(id))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{subject}: there are two rules with the Id '{id}'",
                    rule["Id"],
                    "give each its own Id");
            Exclude(subject, rule, "ExpirationInDays", "ExpirationDate", diagnostics);
            Exclude(subject, rule, "Transition", "Transitions", diagnostics);
            Exclude(subject, rule, "NoncurrentVersionTransition", "NoncurrentVersionTransitions", diagnostics);
            if (rule["ExpiredObjectDeleteMarker"] is YamlScalar { Value: "true" or "True" or "TRUE" })
            {
                Exclude(subject, rule, "ExpiredObjectDeleteMarker", "ExpirationInDays", diagnostics);
                Exclude(subject, rule, "ExpiredObjectDeleteMarker", "ExpirationDate", diagnostics);
            }

            foreach (var transition in Mappings(rule["Transitions"]).Concat(Mappings(rule["Transition"])))
            {
                Exclude($"{subject}, Transitions", transition, "TransitionInDays", "TransitionDate", diagnostics);
                if (!IsGiven(transition["TransitionInDays"]) && !IsGiven(transition["TransitionDate"]))
                    diagnostics.Error(
                        DiagnosticCodes.MissingKey,
                        $"{subject}, Transitions: 'TransitionInDays' or 'TransitionDate' is missing",
                        transition);
            }
        }

        if (bucket.Properties["WebsiteConfiguration"] is YamlMapping website)
            CheckWebsite($"{bucket.LogicalId}, WebsiteConfiguration", website, diagnostics);
    }

    private static void CheckWebsite(string subject, YamlMapping website, DiagnosticBag diagnostics)
    {
        if (!IsGiven(website["RedirectAllRequestsTo"]))
        {
            if (!IsGiven(website["IndexDocument"]))
                diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{subject}: 'IndexDocument' is missing",
                    website,
                    "for example IndexDocument: index.html");
            return;
        }

        foreach (var other in new[] { "IndexDocument", "ErrorDocument", "RoutingRules" })
            Exclude(subject, website, "RedirectAllRequestsTo", other, diagnostics);
    }

    private static void Exclude(
        string subject,
        YamlMapping owner,
        string first,
        string second,
        DiagnosticBag diagnostics)
    {
        if (IsGiven(owner[first]) && IsGiven(owner[second]))
            Pairs.Refuse(subject, first, second, owner[second]!, diagnostics);
    }

    private static bool IsGiven(YamlNode? node) => node is not null and not YamlScalar { IsNull: true };

    private static IEnumerable<YamlMapping> Mappings(YamlNode? node) => node switch
    {
        YamlSequence list => list.Items.OfType<YamlMapping>(),
        YamlMapping one => [one],
        _ => [],
    };
}
