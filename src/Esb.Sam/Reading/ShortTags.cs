using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Reading;

/// <summary>
/// Reduces the two spellings of intrinsic functions to one, so that <c>!Sub x</c> becomes <c>{Fn::Sub: x}</c>, and
/// reads unquoted values as AWS does. Source: CloudFormation User Guide, "Intrinsic function reference".
/// </summary>
internal sealed class ShortTags(DiagnosticBag diagnostics)
{
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length",
        "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform", "ForEach", "Contains", "EachMemberEquals",
        "EachMemberIn", "RefAll", "ValueOf", "ValueOfAll",
    };

    /// <summary>Whether the tree contains loops or includes, which have to be expanded.</summary>
    public bool HasMacros { get; private set; }

    /// <summary>Returns the tree in the long spelling; nodes without a change are the same objects.</summary>
    public YamlNode Expand(YamlNode node) => Expand(node, "", 0);

    // The key above decides how many of the first items, or the scalar itself, are names.
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
        var help = Receipts.NearMiss.Help(tag, Functions.Append("Ref").Append("Condition"));
        diagnostics.Error(DiagnosticCodes.NotSupported, $"the tag '!{tag}' is unknown", node, help);
        return inner;
    }

    private static YamlMapping Call(string function, YamlNode argument) =>
        new([new YamlEntry(new YamlScalar(function, plain: false, argument.Place), argument)], argument.Place);

    // Only the first dot separates, because attributes may contain dots (Outputs.Name).
    private static YamlSequence SplitAttribute(YamlScalar path)
    {
        var dot = path.Value.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return new YamlSequence([path], path.Place);
        var resource = new YamlScalar(path.Value[..dot], place: path.Place);
        var attribute = new YamlScalar(path.Value[(dot + 1)..], place: path.Place);
        return new YamlSequence([resource, attribute], path.Place);
    }
}
