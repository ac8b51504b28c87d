using CsCheck;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Yaml;

internal sealed class PlainTreeWriterTests
{
    private static readonly Gen<string> Ordinary = Gen.String[Gen.Char["abZ09:-_/.$ \"\\'#{}[]*&!|>%@`,?+=~()"], 0, 6];

    // Scalars as a program creates them, and as they are read, with and without quotes.
    private static readonly Gen<YamlNode> Leaf = Gen.OneOf(
        Ordinary.Select(t => (YamlNode)YamlScalar.Text(t)),
        Ordinary.Select(t => (YamlNode)new YamlScalar(t)),
        Ordinary.Select(t => (YamlNode)new YamlScalar(t, plain: true)),
        Gen.Int.Select(n => (YamlNode)YamlScalar.Number(n)));

    private static readonly Gen<YamlNode> Tree = Gen.Recursive<YamlNode>((depth, self) => depth > 3
        ? Leaf
        : Gen.Frequency(
            (3, Leaf),
            (1, self.Array[0, 3].Select(i => (YamlNode)new YamlSequence(i))),
            (2, Gen.Select(Ordinary, self).Array[0, 3].Select(pairs => (YamlNode)new YamlMapping(
                [.. pairs.DistinctBy(p => p.Item1).Select(p => new YamlEntry(YamlScalar.Text(p.Item1), p.Item2))])))));

    [Test]
    public void The_fast_writer_has_the_same_output_as_the_library()
    {
        Tree.Sample(
            tree => PlainTreeWriter.Write(tree) is not { } quick || quick == YamlTextWriter.WriteByLibrary(tree),
            iter: 20_000,
            print: YamlTextWriter.WriteByLibrary);
        Trees.Mapping.Sample(
            tree => YamlTextWriter.Write(tree) == YamlTextWriter.WriteByLibrary(tree),
            print: YamlTextWriter.WriteByLibrary);
    }

    [Test]
    public async Task The_fast_writer_writes_what_a_deploy_writes()
    {
        var document = Documents.Parse(
            """
            functions:
              prod-orders:
                code: /srv/esb/prod/orders/3f9c21d0
                runtime: python3.12
                handler: app.handler
                revision: "12345678"
                timeout: 30
                environment: { TABLE: orders, URL: "http://127.0.0.1:8000/?a=b", QUOTED: "say \"no\"", EMPTY: "" }
                layers: []
                events: [{ schedule: { expression: "rate(1 minute)", enabled: true } }, [a, [b]], {}]
            """);
        await Assert.That(PlainTreeWriter.Write(document)).IsEqualTo(YamlTextWriter.WriteByLibrary(document));
    }
}
