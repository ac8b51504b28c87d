using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Syntax that CloudFormation accepts only with <c>AWS::LanguageExtensions</c>. ESB does not need the transform, so
/// this is checked with <c>--strict</c> only. Source: CloudFormation User Guide, "AWS::LanguageExtensions transform".
/// </summary>
/// <param name="diagnostics">Receives the errors.</param>
internal sealed class Extensions(DiagnosticBag diagnostics)
{
    private static readonly string[] Policies = ["DeletionPolicy", "UpdateReplacePolicy"];

    // Anchors may put one node into many places.
    private readonly HashSet<YamlNode> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reports each use of such syntax in a template.</summary>
    public void CheckTemplate(YamlMapping template)
    {
        foreach (var (_, section) in template.Entries.Where(e => e.Key.Value is not ("Metadata" or "Transform")))
            Check(section);
        foreach (var resource in ((template["Resources"] as YamlMapping)?.Entries ?? []).Select(r => r.Value))
        {
            foreach (var (key, _) in ((resource as YamlMapping)?.Entries ?? []).Where(
                e => Policies.Contains(e.Key.Value) && e.Value is YamlMapping))
                Report($"a function in {key.Value}", key);
        }
    }

    /// <summary>Reports each use of such syntax in a node, such as an included file.</summary>
    public void Check(YamlNode node)
    {
        if (node is YamlScalar || !_seen.Add(node))
            return;
        if (node is YamlMapping { Entries: [var only] } && Name(only.Key.Value, only.Value) is { } name)
            Report(name, node);
        foreach (var (key, value) in (node as YamlMapping)?.Entries ?? [])
        {
            if (key.Value.StartsWith("Fn::ForEach", StringComparison.Ordinal))
                Report(key.Value, key);
            Check(value);
        }

        foreach (var item in (node as YamlSequence)?.Items ?? [])
            Check(item);
    }

    private static string? Name(string function, YamlNode argument) => (function, argument) switch
    {
        ("Fn::Length" or "Fn::ToJsonString", _) => function,
        ("Fn::FindInMap", YamlSequence { Items.Count: > 3 }) => "the DefaultValue of Fn::FindInMap",
        ("Fn::FindInMap", YamlSequence keys) when keys.Items.Any(k => !IsText(k, "Ref", "Fn::FindInMap")) =>
            "a function in Fn::FindInMap",
        ("Ref", YamlMapping) => "a function in Ref",
        ("Fn::GetAtt", YamlSequence { Items: [YamlMapping, ..] }) => "a function in Fn::GetAtt",
        ("Fn::GetAtt", YamlSequence parts) when parts.Items.Any(p => !IsText(p, "Ref")) => "a function in Fn::GetAtt",
        _ => null,
    };

    private static bool IsText(YamlNode node, params ReadOnlySpan<string> functions) =>
        node is not YamlMapping { Entries: [var only] } || functions.Contains(only.Key.Value);

    private void Report(string what, YamlNode at) => diagnostics.Error(
        DiagnosticCodes.NotSupported,
        $"{what}: CloudFormation knows it only with 'Transform: {TransformNames.Extensions}'",
        at,
        $"add {TransformNames.Extensions} to Transform, or deploy without --strict");
}
