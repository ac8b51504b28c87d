using CsCheck;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests;

/// <summary>Random trees, including texts that YAML writers get wrong.</summary>
internal static class Trees
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.OneOf(
            "",
            "true",
            "no",
            "null",
            "~",
            "1",
            "0x1F",
            "1e3",
            "-",
            "- a",
            "a: b",
            "#c",
            "a #b",
            " lead",
            "trail ",
            "line\nline",
            "\n",
            "tab\t",
            "é",
            "\u0001",
            "!Sub",
            "&a",
            "*a",
            "{",
            "[",
            "'",
            "\"",
            "%",
            "@",
            "`",
            "|",
            ">",
            "2001-01-01",
            "12:30:45",
            "=",
            "<<",
            "\ud83d\ude00",
            "\\xD83D\\xDE00",
            "\u2028",
            "\u0085"),
        Gen.String[Gen.Char['a', 'z'], 1, 8]);

    private static readonly Gen<YamlNode> Leaf = Gen.OneOf(
        Text.Select(t => (YamlNode)YamlScalar.Text(t)),
        Gen.Long.Select(n => (YamlNode)YamlScalar.Number(n)),
        Gen.Bool.Select(b => (YamlNode)YamlScalar.Boolean(b)));

    public static Gen<YamlNode> Node { get; } = Gen.Recursive<YamlNode>((depth, self) =>
        depth > 4 ? Leaf : Gen.Frequency(
            (4, Leaf), (1, self.Array[0, 4].Select(i => (YamlNode)new YamlSequence(i))), (2, Of(self))));

    public static Gen<YamlMapping> Mapping { get; } = Of(Node).Select(n => (YamlMapping)n);

    private static Gen<YamlNode> Of(Gen<YamlNode> values) =>
        Gen.Select(Text, values).Array[0, 5].Select(pairs =>
            (YamlNode)new YamlMapping(
                [.. pairs.DistinctBy(p => p.Item1).Select(p => new YamlEntry(YamlScalar.Text(p.Item1), p.Item2))]));
}
