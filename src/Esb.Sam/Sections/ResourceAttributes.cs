using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>
/// Checks the attributes next to a resource's <c>Properties</c>. Source: CloudFormation User Guide, "Resource attribute
/// reference".
/// </summary>
internal sealed class ResourceAttributes(Resolver resolver)
{
    private const string Serverless = "AWS::Serverless::";

    private static readonly string[] Known =
    [
        "Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy",
        "CreationPolicy", "UpdatePolicy", "Connectors", "IgnoreGlobals",
    ];

    private static readonly string[] DeletionPolicies = ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"];

    private static readonly string[] ReplacePolicies = ["Delete", "Retain", "Snapshot"];

    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;

    public void Check(YamlScalar key, YamlMapping resource)
    {
        var type = (resource["Type"] as YamlScalar)?.Value ?? "";
        CheckNames(key, resource, type);
        foreach (var (attribute, _) in resource.Entries.Where(e => Known.Contains(e.Key.Value)
            && e.Value is YamlScalar { IsNull: true }
            && e.Key.Value is not ("Type" or "Condition")))
            resolver.Scope.Context.Receipt.Ignored(key.Value, attribute.Value, NullValues.Reason, attribute);
        CheckPolicy(key, resource, "DeletionPolicy", DeletionPolicies, type);
        CheckPolicy(key, resource, "UpdateReplacePolicy", ReplacePolicies, type);
        CheckDependencies(key, resource);
        if (resource["Metadata"] is { } metadata and not YamlMapping and not YamlScalar { IsNull: true })
            _diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{key.Value}: 'Metadata' must be a mapping, but is {metadata.Kind}",
                metadata);
    }

    // CloudFormation refuses most unknown attributes; SAM drops them.
    private void CheckNames(YamlScalar key, YamlMapping resource, string type)
    {
        var isServerless = type.StartsWith(Serverless, StringComparison.Ordinal);
        foreach (var (attribute, _) in resource.Entries.Where(e => !Known.Contains(e.Key.Value)
            || (e.Key.Value == "IgnoreGlobals" && !isServerless && type.Length > 0)))
        {
            if (attribute.Value == "Version" && (type.StartsWith("Custom::", StringComparison.Ordinal)
                || type == "AWS::CloudFormation::CustomResource"))
                continue;
            // Public templates contain this attribute, and AWS ignores it silently.
            if (attribute.Value == "Description")
            {
                resolver.Scope.Context.Receipt.Ignored(
                    key.Value, attribute.Value, "it describes the resource and nothing else", attribute);
                continue;
            }

            var help = NearMiss.Help(attribute.Value, Known.Where(k => k != attribute.Value))
                ?? Misplaced(type, attribute.Value);
            if (help is not null)
            {
                _diagnostics.Error(
                    DiagnosticCodes.UnknownKey, $"{key.Value}: unknown attribute '{attribute.Value}'", attribute, help);
                continue;
            }

            _diagnostics.Warning(
                DiagnosticCodes.UnknownKey, $"{key.Value}: unknown attribute '{attribute.Value}'", attribute);
            resolver.Scope.Context.Receipt.Ignored(
                key.Value, attribute.Value, "resources have no such attribute", attribute);
        }
    }

    // Returns help for a property that is one level too far out, in particular one that controls access.
    private static string? Misplaced(string type, string attribute) =>
        KnownProperties.For(type)?[attribute] is not null || GuardWords.IsGuard(attribute)
            ? "it is a property: put it below 'Properties'"
            : null;

    private void CheckPolicy(YamlScalar key, YamlMapping resource, string attribute, string[] allowed, string type)
    {
        if (resource[attribute] is not { } written
            || written is YamlScalar { IsNull: true }
            || resolver.Resolve(written) is not { } policy)
            return;
        if (policy is not YamlScalar text || !allowed.Contains(text.Value))
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{key.Value}: '{attribute}' is {(policy is YamlScalar other ? $"'{other.Value}'" : policy.Kind)}",
                written,
                (policy is YamlScalar near ? NearMiss.Help(near.Value, allowed) : null)
                    ?? $"allowed: {string.Join(", ", allowed[..^1])} or {allowed[^1]}");
        else if (text.Value == "Snapshot" && KnownProperties.For(type) is not null)
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{key.Value}: there are no snapshots of {type}",
                written,
                "allowed: Delete or Retain");
    }

    private void CheckDependencies(YamlScalar key, YamlMapping resource)
    {
        if (resource["DependsOn"] is not { } written || written is YamlScalar { IsNull: true })
            return;
        if (written is YamlMapping)
            _diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{key.Value}: 'DependsOn' must be text or a list of text, but is {written.Kind}",
                written,
                "name the logical id itself, without a function");
        foreach (var item in written is YamlSequence list ? list.Items : written is YamlScalar one ? [one] : [])
        {
            if (item is not YamlScalar name)
                _diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{key.Value}: 'DependsOn' must be a list of text, but is {item.Kind}",
                    item,
                    "name the logical id itself, without a function");
            else if (!GeneratedResources.Exists(resolver, name.Value))
                _diagnostics.Error(
                    DiagnosticCodes.UnknownReference,
                    $"{key.Value}: 'DependsOn' names '{name.Value}', but there is no such resource",
                    name,
                    NearMiss.Help(name.Value, resolver.Scope.Resources.Entries.Select(e => e.Key.Value)));
            else if (name.Value == key.Value || DependsOn(name.Value, key.Value))
                _diagnostics.Error(
                    DiagnosticCodes.WrongValue, $"{key.Value}: 'DependsOn' forms a cycle through '{name.Value}'", name);
        }
    }

    private bool DependsOn(string name, string dependent)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([name]);
        while (next.TryPop(out var current))
        {
            if (current == dependent)
                return true;
            if (!seen.Add(current) || resolver.Scope.Resources[current] is not YamlMapping resource)
                continue;
            IReadOnlyList<YamlNode> items = resource["DependsOn"] switch
            {
                YamlSequence list => list.Items,
                YamlScalar one => [one],
                _ => [],
            };
            foreach (var item in items)
                next.Push((item as YamlScalar)?.Value ?? "");
        }

        return false;
    }
}
