using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Deploying;

internal sealed class SourceExcerptTests
{
    [Test]
    public async Task A_diagnostic_is_shown_with_its_line_and_a_mark_below_the_word()
    {
        string[] lines = ["Resources:", "      Handlr: app.handler"];
        var (source, mark) = SourceExcerpt.Of(At(2, 7), lines)!.Value;
        await Assert.That(source).IsEqualTo("    2 |       Handlr: app.handler");
        await Assert.That(mark).IsEqualTo("      |       ^^^^^^");
    }

    [Test]
    public async Task Lines_are_printed_as_by_a_compiler()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "a: 1\n  Handlr: app.handler\n");
        using var error = new StringWriter();
        new DiagnosticPrinter(new Screen(TextWriter.Null, error, ScreenTraits.Plain))
            .Print([At(2, 3) with { File = file, Help = "did you mean 'Handler'?" }]);
        await Assert.That(error.ToString()).IsEqualTo(
            $"{file}:2:3: error: unknown\n    2 |   Handlr: app.handler\n      |   ^^^^^^ did you mean 'Handler'?\n");
        File.Delete(file);
    }

    [Test]
    [Arguments("functions.yml")]
    [Arguments("routing.yml")]
    [Arguments("resources.yml")]
    public async Task A_line_of_a_configuration_file_is_not_shown_since_it_may_hold_a_secret(string name)
    {
        var folder = Directory.CreateTempSubdirectory("esb-excerpt-");
        var file = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(file, "a: 1\n  vlaue: s3cret\n");
        using var error = new StringWriter();
        new DiagnosticPrinter(new Screen(TextWriter.Null, error, ScreenTraits.Plain))
            .Print([At(2, 3) with { File = file, Help = "did you mean 'value'?" }]);
        await Assert.That(error.ToString()).IsEqualTo($"{file}:2:3: error: unknown; did you mean 'value'?\n");
        folder.Delete(recursive: true);
    }

    [Test]
    [Arguments(0, 1)]
    [Arguments(3, 1)]
    [Arguments(1, 99)]
    public async Task A_place_that_is_not_in_the_file_has_no_excerpt(int line, int column) =>
        await Assert.That(SourceExcerpt.Of(At(line, column), ["one", "two"])).IsNull();

    private static Diagnostic At(int line, int column) =>
        new(Severity.Error, DiagnosticCodes.UnknownKey, "unknown", "t.yaml", line, column);
}
