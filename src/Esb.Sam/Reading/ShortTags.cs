using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Reading;

/// <summary>
/// Makes one spelling of the two that intrinsic functions have: <c>!Sub x</c> becomes <c>{Fn::Sub: x}</c>, and one of those that a value
/// without quotes has. Source: CloudFormation User Guide, "Intrinsic function reference".
/// </summary>
internal sealed class ShortTags(DiagnosticBag diagnostics)
{
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform", "ForEach",
        "Contains", "EachMemberEquals", "EachMemberIn", "RefAll", "ValueOf", "ValueOfAll",
    };

    /// <summary>Whether a key of the tree asks for loops or includes, so that somebody has to look for them.</summary>
    public bool HasMacros { get; private set; }

    /// <summary>The tree in the long spelling; the same objects where there was nothing to change.</summary>
    public YamlNode Expand(YamlNode node) => Expand(node, "", 0);

    // The first so many items, or the scalar itself, are names: of what key they stand under says how many.
    private YamlNode Expand(YamlNode node, string under, int names)
    {
        var tag = node.Tag?.TrimStart('!');
        var inner = node switch
        {
            YamlMapping mapping => Entries(mapping, under),
            YamlSequence sequence => Items(sequence, tag is null ? names : NamePositions.Under($"Fn::{tag}", "")),
            YamlScalar { Tag: not null } scalar => new YamlScalar(scalar.Value, plain: false, node.Place),
            YamlScalar scalar => names > 0 ? PlainScalars.Name(scalar) : PlainScalars.Read(scalar),
            _ => node,
        };
        return tag is null ? inner : Long(node, tag, inner);
    }

    private YamlMapping Entries(YamlMapping mapping, string under)
    {
        YamlEntry[]? changed = mapping.Tag is null ? null : [.. mapping.Span];
        for (var i = 0; i < mapping.Span.Length; i++)
        {
            var (key, value) = mapping.Span[i];
            if (key.Value.StartsWith("Fn::ForEach", StringComparison.Ordinal) || key.Value == "Fn::Transform")
                HasMacros = true;
            var expanded = Expand(value, key.Value, NamePositions.Under(key.Value, under));
            if (ReferenceEquals(expanded, value))
                continue;
            changed ??= [.. mapping.Span];
            changed[i] = new YamlEntry(key, expanded);
        }

        return changed is null ? mapping : new YamlMapping(changed, mapping.Place);
    }

    private YamlSequence Items(YamlSequence sequence, int names)
    {
        YamlNode[]? changed = sequence.Tag is null ? null : [.. sequence.Items];
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var expanded = Expand(sequence.Items[i], "", i < names ? 1 : 0);
            if (ReferenceEquals(expanded, sequence.Items[i]))
                continue;
            changed ??= [.. sequence.Items];
            changed[i] = expanded;
        }

        return changed is null ? sequence : new YamlSequence(changed, sequence.Place);
    }

    private YamlNode Long(YamlNode node, string tag, YamlNode inner)
    {
        if (tag is "Ref" or "Condition")
            return Call(tag, inner);
        if (tag == "Transform")
            HasMacros = true;
        if (Functions.Contains(tag))
            return Call("Fn::" + tag, tag == "GetAtt" && inner is YamlScalar path ? SplitAttribute(path) : inner);
        diagnostics.Error(DiagnosticCodes.NotSupported, $"the tag '!{tag}' is not known", node, Receipts.NearMiss.Help(tag, Functions.Append("Ref").Append("Condition")));
        return inner;
    }

    private static YamlMapping Call(string function, YamlNode argument) =>
        new([new YamlEntry(new YamlScalar(function, plain: false, argument.Place), argument)], argument.Place);

    // Only the first dot separates: attributes may have dots of their own (Outputs.Name).
    private static YamlSequence SplitAttribute(YamlScalar path)
    {
        var dot = path.Value.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? new YamlSequence([path], path.Place)
            : new YamlSequence([new YamlScalar(path.Value[..dot], place: path.Place), new YamlScalar(path.Value[(dot + 1)..], place: path.Place)], path.Place);
    }
}
