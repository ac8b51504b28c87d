using CsCheck;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Laws;

/// <summary>
/// Random valid templates: functions, tables and buckets with intrinsic functions in their long spelling.
/// </summary>
internal static class RandomTemplates
{
    private static readonly Gen<YamlNode> Leaf = Gen.OneOf(
        Gen.OneOf("plain", "a b", "7", "true", "", "ü", "x: y", "#no", "'q'")
            .Select(YamlNode (t) => new YamlScalar(t)),
        Gen.OneOf("Stage", "Size", "AWS::Region", "T1", "B1").Select(YamlNode (n) => Call("Ref", Text(n))),
        Gen.Const<YamlNode>(Call("Fn::GetAtt", List(Text("T1"), Text("Arn")))),
        Gen.Const<YamlNode>(Call("Fn::Sub", Text("${Stage}/${!x}/${T1.Arn}"))),
        Gen.Const<YamlNode>(Call("Fn::FindInMap", List(Text("M"), Call("Ref", Text("Stage")), Text("k")))));

    private static readonly Gen<YamlNode> Expression = Gen.Recursive<YamlNode>((depth, self) => depth > 3
        ? Leaf
        : Gen.Frequency(
            (3, Leaf),
            (1, self.Array[0, 3]
                .Select(YamlNode (items) => Call("Fn::Join", List(Text("-"), new YamlSequence(items))))),
            (1, Gen.Select(self, self).Select(YamlNode (p) => Call("Fn::If", List(Text("C"), p.Item1, p.Item2)))),
            (1, Gen.Select(self, self)
                .Select(YamlNode (p) => Call("Fn::Select", List(Text("1"), List(p.Item1, p.Item2))))),
            (1, self.Select(YamlNode (e) => Call("Fn::Sub", List(Text("<${v}>"), YamlMapping.Of(("v", e)))))),
            (1, self.Select(YamlNode (e) => Call("Fn::Base64", e))),
            (1, self.Array[0, 3].Select(
                YamlNode (items) => Call("Fn::ToJsonString", YamlMapping.Of(("items", new YamlSequence(items))))))));

    private static readonly Gen<YamlMapping> Function = Gen.Select(
        Expression, Gen.Int[1, 900], Gen.OneOf("get", "POST", "any"), Gen.Int[0, 99]).Select(p =>
        YamlMapping.Of(
            ("Type", Text("AWS::Serverless::Function")),
            ("Properties", YamlMapping.Of(
                ("CodeUri", Text("src")),
                ("Handler", Text("app.handler")),
                ("Runtime", Text("python3.12")),
                ("Timeout", YamlScalar.Number(p.Item2)),
                ("Environment", YamlMapping.Of(("Variables", YamlMapping.Of(("V", p.Item1))))),
                ("Events", YamlMapping.Of(("E", YamlMapping.Of(
                    ("Type", Text("Api")),
                    ("Properties", YamlMapping.Of(("Path", Text($"/r{p.Item4}")), ("Method", Text(p.Item3))))))))))));

    public static Gen<YamlMapping> Template { get; } = Function.Array[1, 5].Select(functions => YamlMapping.Of(
        ("Parameters", YamlMapping.Of(("Stage", Parameter("String", "dev")), ("Size", Parameter("Number", "7")))),
        ("Mappings", YamlMapping.Of(("M", YamlMapping.Of(("dev", YamlMapping.Of(("k", Text("found")))))))),
        ("Conditions", YamlMapping.Of(
            ("C", Call("Fn::Not", List(Call("Fn::Equals", List(Call("Ref", Text("Stage")), Text("prod")))))))),
        ("Resources", new YamlMapping(
        [
            .. functions.DistinctBy(PathOf).Select((f, i) => new YamlEntry(Text($"F{i}"), f)),
            new YamlEntry(Text("T1"), YamlMapping.Of(
                ("Type", Text("AWS::Serverless::SimpleTable")),
                ("Properties", YamlMapping.Of(("TableName", Text("table-one")))))),
            new YamlEntry(Text("B1"), YamlMapping.Of(("Type", Text("AWS::S3::Bucket")))),
        ]))));

    private static string PathOf(YamlMapping function)
    {
        var events = (YamlMapping)((YamlMapping)function["Properties"]!)["Events"]!;
        return ((YamlMapping)((YamlMapping)events["E"]!)["Properties"]!)["Path"]!.ToString()!;
    }

    private static YamlMapping Parameter(string type, string value) =>
        YamlMapping.Of(("Type", Text(type)), ("Default", Text(value)));

    private static YamlMapping Call(string function, YamlNode argument) => YamlMapping.Of((function, argument));

    private static YamlSequence List(params YamlNode[] items) => new(items);

    private static YamlScalar Text(string text) => new(text);
}
