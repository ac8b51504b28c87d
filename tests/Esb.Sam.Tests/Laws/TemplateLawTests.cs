using CsCheck;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Laws;

/// <summary>What holds for every template.</summary>
internal sealed class TemplateLawTests
{
    [Test]
    public void Json_and_both_yaml_spellings_of_a_template_give_the_same_bytes()
    {
        RandomTemplates.Template.Sample(template =>
        {
            var json = Templates.Bytes(Spellings.Json(template));
            return json == Templates.Bytes(Spellings.LongYaml(template))
                && json == Templates.Bytes(Spellings.ShortYaml(template));
        }, iter: 300, print: Spellings.ShortYaml);
    }

    [Test]
    public void Reading_and_generating_twice_gives_the_same_bytes()
    {
        RandomTemplates.Template.Sample(
            template => Templates.Bytes(Spellings.Json(template)) == Templates.Bytes(Spellings.Json(template)),
            iter: 100,
            print: Spellings.Json);
    }

    [Test]
    public void The_order_of_the_resources_changes_nothing_but_the_order()
    {
        Gen.Select(RandomTemplates.Template, Gen.Int).Sample((template, seed) =>
        {
            var resources = (YamlMapping)template["Resources"]!;
            var random = new Random(seed);
            var shuffled = template.With(
                "Resources", new YamlMapping([.. resources.Entries.OrderBy(_ => random.Next())]));
            return Lines(template).SequenceEqual(Lines(shuffled));
        }, iter: 200);

        static IEnumerable<string> Lines(YamlMapping template)
        {
            var files = Templates.Generate(Spellings.LongYaml(template));
            var functions = ((YamlMapping)files.Functions["functions"]!)
                .Entries.Select(e => e.Key.Value + YamlTextWriter.Write(e.Value));
            var routes = ((YamlSequence)files.Routing["routes"]!).Items.Select(YamlTextWriter.Write);
            return functions.Concat(routes).Append(YamlTextWriter.Write(files.Resources)).Order(StringComparer.Ordinal);
        }
    }

    [Test]
    public void A_damaged_template_is_read_or_refused_with_an_error_but_never_crashes()
    {
        Gen.Select(RandomTemplates.Template, Gen.Int[0, 10_000], Gen.OneOf(
            "", "!Ref ", "!If [", "{", "- ", "\n", ": ", "Fn::ForEach::X", "!Sub ", "&a ", "*a", "\t", "!GetAtt "))
            .Sample((template, at, what) =>
        {
            var text = Spellings.ShortYaml(template);
            at %= text.Length;
            var damaged = string.Concat(
                text.AsSpan(0, at), what, text.AsSpan(Math.Min(text.Length, at + what.Length + 1)));
            var diagnostics = new DiagnosticBag();
            return SamTemplate.Read(damaged, "fuzz.yaml", new SamOptions(), diagnostics) is not null
                || diagnostics.HasErrors;
        }, iter: 2000);
    }
}
