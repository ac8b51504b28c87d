using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.S3;

/// <summary>The filter of a lifecycle rule: a single condition, or several in an <c>And</c>.</summary>
internal static class LifecycleScopes
{
    public static LifecycleScope Read(Amazon.S3.Model.LifecycleRule rule)
    {
        var (prefix, tags) = ("", new List<Tag>());
        long? larger = null;
        long? smaller = null;
        // The SDK returns a filter only as predicates. Rules from before 2014 have their prefix outside the filter.
#pragma warning disable CS0618
        prefix = rule.Prefix ?? prefix;
        foreach (var condition in Conditions(rule.Filter?.LifecycleFilterPredicate))
        {
            switch (condition)
            {
                case LifecyclePrefixPredicate { Prefix: { } given }:
                    prefix = given;
                    break;
                case LifecycleTagPredicate { Tag: { } tag }:
                    tags.Add(tag);
                    break;
                case LifecycleObjectSizeGreaterThanPredicate size:
                    larger = size.ObjectSizeGreaterThan;
                    break;
                case LifecycleObjectSizeLessThanPredicate size:
                    smaller = size.ObjectSizeLessThan;
                    break;
                default:
                    break;
            }
        }
#pragma warning restore CS0618

        return Scope(prefix, tags, larger, smaller);
    }

    public static LifecycleFilter Write(LifecycleScope scope)
    {
        if (scope.Conditions > 1)
        {
            return new LifecycleFilter
            {
                And = new LifecycleRuleAndOperator
                {
                    Prefix = scope.Prefix.Length == 0 ? null : scope.Prefix,
                    Tags = scope.Tags.Count == 0 ? null : [.. scope.Tags.Select(Tag)],
                    ObjectSizeGreaterThan = scope.LargerThan,
                    ObjectSizeLessThan = scope.SmallerThan,
                },
            };
        }

        return new LifecycleFilter
        {
            Prefix = scope.Prefix.Length > 0 || scope.Conditions == 0 ? scope.Prefix : null,
            Tag = scope.Tags.Count == 0 ? null : Tag(scope.Tags[0]),
            ObjectSizeGreaterThan = scope.LargerThan,
            ObjectSizeLessThan = scope.SmallerThan,
        };
    }

#pragma warning disable CS0618
    private static List<LifecycleFilterPredicate> Conditions(LifecycleFilterPredicate? predicate) => predicate switch
    {
        null => [],
        LifecycleAndOperator all => all.Operands ?? [],
        _ => [predicate],
    };
#pragma warning restore CS0618

    private static LifecycleScope Scope(string? prefix, IEnumerable<Tag> tags, long? larger, long? smaller)
    {
        Sequence<KeyValuePair<string, string>> sorted =
            [.. tags.Select(t => KeyValuePair.Create(t.Key, t.Value)).OrderBy(t => t.Key, StringComparer.Ordinal)];
        return new LifecycleScope(prefix ?? "", sorted) { LargerThan = larger, SmallerThan = smaller };
    }

    private static Tag Tag(KeyValuePair<string, string> tag) => new() { Key = tag.Key, Value = tag.Value };
}
