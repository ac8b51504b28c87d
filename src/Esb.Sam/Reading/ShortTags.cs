using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Reading;

/// <summary>
/// Makes one spelling of the two that intrinsic functions have: <c>!Sub x</c> becomes <c>{Fn::Sub: x}</c>. Source: CloudFormation User
/// Guide, "Intrinsic function reference".
/// </summary>
internal static class ShortTags
{
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform", "ForEach",
    };

    public static YamlNode Expand(YamlNode node, DiagnosticBag diagnostics)
    {
        var inner = node switch
        {
            YamlMapping mapping => new YamlMapping([.. mapping.Entries.Select(e => new YamlEntry(e.Key, Expand(e.Value, diagnostics)))], node.Place),
            YamlSequence sequence => new YamlSequence([.. sequence.Items.Select(i => Expand(i, diagnostics))], node.Place),
            YamlScalar scalar => new YamlScalar(scalar.Value, scalar.IsPlain && scalar.Tag is null, node.Place),
            _ => node,
        };
        return node.Tag is null ? inner : Long(node, node.Tag.TrimStart('!'), inner, diagnostics);
    }

    private static YamlNode Long(YamlNode node, string tag, YamlNode inner, DiagnosticBag diagnostics)
    {
        if (tag is "Ref" or "Condition")
            return Call(tag, inner);
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
