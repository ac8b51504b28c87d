using Esb.Cli.Templates;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Deploying;

internal sealed class ParameterOverrideTests
{
    [Test]
    [Arguments("Stage=prod", "Stage:prod")]
    [Arguments("Stage=prod Size=3", "Stage:prod|Size:3")]
    [Arguments("ParameterKey=Stage,ParameterValue=prod", "Stage:prod")]
    [Arguments("ParameterKey=Stage,ParameterValue=prod ParameterKey=Size,ParameterValue=3", "Stage:prod|Size:3")]
    [Arguments("Text=two words", "Text:two words")]
    [Arguments("Text=\"two words\" Stage=prod", "Text:two words|Stage:prod")]
    [Arguments("Url=https://x/?a=b,c=d", "Url:https://x/?a=b,c=d")]
    [Arguments("Empty=", "Empty:")]
    [Arguments("Text=\"a \\\"quoted\\\" word\" Stage=prod", "Text:a \"quoted\" word|Stage:prod")]
    [Arguments(
        "ParameterKey=Text,ParameterValue=\"a \\\"b\\\"\" ParameterKey=Stage,ParameterValue=prod",
        "Text:a \"b\"|Stage:prod")]
    [Arguments("Text='it\\'s so' Stage=prod", "Text:it's so|Stage:prod")]
    [Arguments("Text=two\\ words Stage=prod", "Text:two words|Stage:prod")]
    [Arguments("Text=it's Stage=prod", "Text:it's|Stage:prod")]
    [Arguments("Text=5\" Stage=prod", "Text:5\"|Stage:prod")]
    [Arguments("Json={\"a\":\"b\"} Stage=prod", "Json:{\"a\":\"b\"}|Stage:prod")]
    [Arguments("Path=C:\\temp Stage=prod", "Path:C:\\temp|Stage:prod")]
    [Arguments("Text=say \"hello there\" now", "Text:say \"hello there\" now")]
    public async Task Both_spellings_of_sam_are_understood(string argument, string expected)
    {
        var diagnostics = new DiagnosticBag();
        var parsed = ParameterOverrides.Parse([argument], diagnostics);
        await Assert.That(string.Join('|', parsed.Select(p => $"{p.Key}:{p.Value}"))).IsEqualTo(expected);
        await Assert.That(diagnostics.Count).IsEqualTo(0);
    }

    [Test]
    [Arguments("Stage: prod\nSize: 3\nNames: [a, b]\n", "Stage:prod|Size:3|Names:a,b")]
    [Arguments("{ \"Stage\": \"prod\", \"On\": true }", "Stage:prod|On:true")]
    [Arguments("[ \"Stage=prod\", \"Text=two words\" ]", "Stage:prod|Text:two words")]
    [Arguments("- ParameterKey: Stage\n  ParameterValue: prod\n- Size: 3\n", "Stage:prod|Size:3")]
    public async Task A_parameter_file_is_read_as_sam_reads_it(string content, string expected)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content);
        var diagnostics = new DiagnosticBag();
        var files = new ParameterFiles();
        var parsed = ParameterOverrides.Parse([$"Stage=dev file://{file} Last=1"], diagnostics, files);
        await Assert.That(string.Join('|', parsed.Select(p => $"{p.Key}:{p.Value}"))).IsEqualTo(expected + "|Last:1");
        await Assert.That(diagnostics.Count).IsEqualTo(0);
        await Assert.That(files.All).IsEquivalentTo([file]);
        File.Delete(file);
    }

    [Test]
    [Arguments("Stage: { a: b }\n", ":1:8: error: the value of 'Stage' must be text, a number or a list of these")]
    [Arguments("Stage:\n", "the value of 'Stage' must be text")]
    [Arguments("- ParameterKey: Stage\n", "'ParameterValue' is missing")]
    [Arguments("- [a]\n", "parameters cannot be read from")]
    [Arguments("- Stage\n", "has a word that is not a pair")]
    [Arguments("a: [\n", "error")]
    public async Task A_part_of_a_parameter_file_that_cannot_be_read_is_an_error(string content, string message)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content);
        var diagnostics = new DiagnosticBag();
        ParameterOverrides.Parse([$"file://{file}"], diagnostics);
        await Assert.That(string.Join('\n', diagnostics)).Contains(message);
        File.Delete(file);
        await Assert.That(Assert.Throws<CommandFailure>(() => ParameterOverrides.Parse([$"file://{file}"], [])).Message)
            .Contains("the file cannot be read");
    }

    [Test]
    public async Task A_parameter_file_that_another_one_names_counts_as_read_too()
    {
        using var folder = new Folder();
        var (outer, inner) = (folder.Write("p.yaml", ""), folder.Write("q.yaml", "Pw: secret\n"));
        folder.Write("p.yaml", $"- Stage: prod\n- file://{inner}\n");
        var (diagnostics, files) = (new DiagnosticBag(), new ParameterFiles());
        var parsed = ParameterOverrides.Parse([$"file://{outer}"], diagnostics, files);
        await Assert.That(diagnostics.Count).IsEqualTo(0);
        await Assert.That(string.Join('|', parsed.Select(p => $"{p.Key}:{p.Value}"))).IsEqualTo("Stage:prod|Pw:secret");
        await Assert.That(string.Join(' ', files.All)).IsEqualTo($"{outer} {inner}");
    }

    [Test]
    public async Task Parameter_files_that_name_each_other_are_an_error_however_they_do_it()
    {
        using var folder = new Folder();
        var (one, two) = (folder.Write("p.yaml", ""), folder.Write("q.yaml", ""));
        folder.Write("p.yaml", $"- file://{two}\n");
        folder.Write("q.yaml", $"- file://{Path.GetDirectoryName(one)}/./p.yaml\n");
        var diagnostics = new DiagnosticBag();
        ParameterOverrides.Parse([$"file://{one}"], diagnostics);
        await Assert.That(diagnostics.Single().ToString())
            .StartsWith($"{two}: error: 'file://").And.Contains("names itself, directly or through other files");

        // Each names the next one twice.
        for (var i = 0; i < 26; i++)
            folder.Write(
                $"{i}.yaml", $"- file://{folder.At($"{i + 1}.yaml")}\n- file://{folder.At($"{i + 1}.yaml")}\n");
        folder.Write("26.yaml", "Pw: x\n");
        diagnostics = [];
        ParameterOverrides.Parse([$"file://{folder.At("0.yaml")}"], diagnostics);
        await Assert.That(diagnostics.First().ToString()).Contains("more than 100 files of parameters are named");
    }

    [Test]
    public async Task A_parameter_file_can_name_only_files_of_its_project_and_the_command_line_any_file()
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder.At("checkout/.git"));
        var outside = folder.Write("outside.yaml", "Pw: secret\n");
        var config = folder.Write("checkout/samconfig.toml", "");
        var own = folder.Write("checkout/own.yaml", $"- file://{outside}\n");
        File.CreateSymbolicLink(folder.At("checkout/link.yaml"), outside);
        await Assert.That(ParameterOverrides.Parse([$"file://{outside}"], [])["Pw"]).IsEqualTo("secret");
        foreach (var (named, by) in new[]
        {
            (outside, config), (folder.At("checkout/link.yaml"), config), (own, config), (own, null),
        })
        {
            var diagnostics = new DiagnosticBag();
            await Assert.That(ParameterOverrides.Parse([$"file://{named}"], diagnostics, namedBy: by).Count)
                .IsEqualTo(0);
            await Assert.That(diagnostics.Single().ToString()).Contains("is outside of the project; the project is "
                + folder.At("checkout"));
        }
    }

    [Test]
    public async Task A_later_argument_takes_precedence_over_an_earlier_one()
    {
        var parsed = ParameterOverrides.Parse(["Stage=dev", "Stage=prod"], []);
        await Assert.That(parsed["Stage"]).IsEqualTo("prod");
    }

    [Test]
    [Arguments("Text=two words Stage=prod", "a word after the value of 'Text' that belongs to no parameter")]
    [Arguments("Text=\"never closed Stage=prod", "a value of 'Text' in which a quote is not closed")]
    [Arguments("Json={\"a\": \"b c\"} Stage=prod", "a word after the value of 'Json' that belongs to no parameter")]
    public async Task A_mistake_that_would_skip_later_parameters_is_an_error(string argument, string message)
    {
        var diagnostics = new DiagnosticBag();
        ParameterOverrides.Parse([argument], diagnostics);
        await Assert.That(diagnostics.Single().ToString()).Contains(message);
    }

    [Test]
    [Arguments("Stage")]
    [Arguments("=prod")]
    [Arguments("ParameterKey=Stage")]
    public async Task An_argument_that_is_not_a_pair_is_an_error_that_shows_both_forms(string argument)
    {
        var diagnostics = new DiagnosticBag();
        ParameterOverrides.Parse([argument], diagnostics);
        await Assert.That(diagnostics.Single().ToString())
            .Contains("--parameter-overrides has a word that is not a pair")
            .And.DoesNotContain("'=prod'")
            .And.Contains("ParameterKey=Key,ParameterValue=Value");
    }

    private sealed class Folder : IDisposable
    {
        private readonly string _root = Directory.CreateTempSubdirectory("esb-parameters-").FullName;

        public string At(string path) => Path.Combine(_root, path);

        public string Write(string path, string text)
        {
            File.WriteAllText(At(path), text);
            return At(path);
        }

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
