using System.Globalization;
using System.Text;
using CsCheck;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Yaml;

internal sealed class YamlReaderTests
{
    [Test]
    public async Task Every_node_knows_its_line_and_column()
    {
        var document = Documents.Parse("# head\nfunctions:\n  orders:\n    timeout: 30\n");
        var timeout = ((YamlMapping)((YamlMapping)document["functions"]!)["orders"]!)["timeout"]!;
        await Assert.That(timeout.Place).IsEqualTo(new Place("test.yml", 4, 14));
    }

    [Test]
    public async Task A_short_tag_is_kept_as_it_was_written()
    {
        var document = Documents.Parse("name: !Sub '${A}-b'\nlist: !If [c, !Ref d, e]\n");
        await Assert.That(document["name"]!.Tag).IsEqualTo("!Sub");
        await Assert.That(((YamlSequence)document["list"]!).Items[1].Tag).IsEqualTo("!Ref");
    }

    [Test]
    [Arguments("a: !!python/object:os.system x", "the tag 'tag:yaml.org,2002:python/object:os.system' is unknown")]
    [Arguments("a: !<tag:example.com,2000:x> y", "the tag 'tag:example.com,2000:x' is unknown")]
    [Arguments("a: !!binary aGVsbG8=", "the tag 'tag:yaml.org,2002:binary' is unknown")]
    [Arguments("a: !a/b c", "the tag '!a/b' is unknown")]
    [Arguments("a: !!omap [b: c]", "the tag 'tag:yaml.org,2002:omap' is unknown")]
    public async Task An_unknown_tag_is_an_error_with_its_place(string text, string message) =>
        await Assert.That(Documents.ErrorsOf(text)).IsEquivalentTo([$"test.yml:1:4: error: {message}"]);

    [Test]
    public async Task Tags_of_the_core_schema_determine_the_kind_of_a_value()
    {
        var document = Documents.Parse("a: !!str 7\nb: !!int 7\nc: !!map { d: e }\nf: !!seq [g]\nh: ! 8\n");
        await Assert.That(document.Entries.Count(e => e.Value.Tag is not null)).IsEqualTo(0);
        await Assert.That((
            ((YamlScalar)document["a"]!).IsNumber,
            ((YamlScalar)document["b"]!).IsNumber,
            ((YamlScalar)document["h"]!).IsNumber)).IsEqualTo((false, true, false));
    }

    [Test]
    public async Task A_merge_key_is_a_key_like_any_other_in_the_three_files() =>
        await Assert.That(Documents.Parse(
            "a: &a { b: c }\nd: { <<: *a }\n")["d"] is YamlMapping { Entries: [{ Key.Value: "<<" }] }).IsTrue();

    [Test]
    [Arguments("\t{ \"a\": [1, { \"b\": \"c\" }] }")]
    [Arguments("{\t\"a\"\t:\t[1,\t{\"b\":\"c\"}\t]\n}\n\t")]
    [Arguments("{ \"a\"\n : [1, { \"b\"\r\n: \"c\" }] }")]
    public async Task JSON_that_YAML_would_refuse_is_read(string text)
    {
        var list = (YamlSequence)Documents.Parse(text)["a"]!;
        await Assert.That(((YamlScalar)list.Items[0]).IsNumber).IsTrue();
        await Assert.That(((YamlMapping)list.Items[1])["b"]!.ToString()).IsEqualTo("c");
    }

    [Test]
    public async Task A_key_and_a_text_of_JSON_may_have_any_length_and_texts_stay_as_they_are()
    {
        var (key, value) = (new string('k', 2000), new string('v', 2000));
        var document = Documents.Parse($"{{ \"{key}\": \"{value}\",\n \"t\": \"a\\t\\\"b\\\": c\", \"last\": 1 }}");
        await Assert.That(document[key]!.ToString()).IsEqualTo(value);
        await Assert.That(document["t"]!.ToString()).IsEqualTo("a\t\"b\": c");
        await Assert.That(document["last"]!.Place.Line).IsEqualTo(2);
    }

    [Test]
    [Arguments("{\t\"a\" 1 }")]
    [Arguments("{ \"a\"\n : 1, \"b\": }")]
    [Arguments("{ a\n : 1 }")]
    public async Task Text_that_is_not_JSON_must_follow_the_rules_of_YAML(string text) =>
        await Assert.That(string.Join('\n', Documents.ErrorsOf(text))).Contains("not valid YAML");

    [Test]
    public async Task The_same_key_twice_is_an_error_that_names_both_places()
    {
        await Assert.That(Documents.ErrorsOf("a: 1\nb: 2\na: 3\n")).IsEquivalentTo(
            ["test.yml:3:1: error: the key 'a' is a duplicate; it first appears on line 1"]);
    }

    [Test]
    [Arguments("a: [1, 2", "test.yml:2:1")]
    [Arguments("a: b: c", "test.yml:1:5")]
    [Arguments("\ta: 1", "test.yml:1:1")]
    public async Task Text_that_is_not_a_document_is_an_error_with_its_place(string text, string place)
    {
        var errors = Documents.ErrorsOf(text);
        await Assert.That(errors.Count).IsEqualTo(1);
        await Assert.That(errors[0]).StartsWith(place);
    }

    [Test]
    public async Task Deep_nesting_is_refused_with_a_message()
    {
        var errors = Documents.ErrorsOf(new string('[', 100_000));
        await Assert.That(errors.Single()).Contains("nesting depth");
    }

    [Test]
    public async Task Aliases_that_multiply_are_refused_before_they_fill_the_memory()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append(
                CultureInfo.InvariantCulture,
                $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        var diagnostics = new DiagnosticBag();
        await Assert.That(YamlReader.Read(bomb.ToString(), "bomb.yml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().Code).IsEqualTo(DiagnosticCodes.YamlLimit);
    }

    [Test]
    public async Task An_empty_text_is_an_empty_document()
    {
        await Assert.That(Documents.Parse("").Entries.Count).IsEqualTo(0);
        await Assert.That(Documents.Parse("# only a comment\n").Entries.Count).IsEqualTo(0);
    }

    [Test]
    public void A_written_document_reads_back_the_same()
    {
        Trees.Mapping.Sample(tree =>
        {
            var text = YamlTextWriter.Write(tree);
            var again = Documents.Parse(text);
            return again.ContentEquals(tree) && YamlTextWriter.Write(again) == text;
        }, print: YamlTextWriter.Write);
    }

    [Test]
    public void Any_bytes_are_read_or_refused_without_a_crash()
    {
        Gen.String[Gen.Char["abc:-[]{}&*!|>'\"#%@`,? \n\t\\0~é"], 0, 200].Sample(text =>
        {
            var diagnostics = new DiagnosticBag();
            return YamlReader.Read(text, "fuzz.yml", diagnostics) is not null || diagnostics.HasErrors;
        });
    }
}
