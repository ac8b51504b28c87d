using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Terminal;

/// <summary>The boundary between text that others wrote and a terminal.</summary>
internal sealed class VisibleTextTests
{
    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Gen<string> Anything = Gen.OneOf(
        Gen.String[Gen.Char["\e[]0;31mKJH\a\b\r\n\t\x7f\x85\x9b\u061c\u200e\u202e\u2066\u2028ab\\\""], 0, 60],
        Gen.String);

    [Test]
    public void Only_line_ends_and_tabs_pass_of_what_a_terminal_interprets() => Anything.Sample(text =>
    {
        var output = new StringWriter();
        var screen = new Screen(output, TextWriter.Null, ScreenTraits.Plain);
        screen.Line(text);
        screen.Output.Write(text.ToCharArray());
        foreach (var c in text)
            screen.Output.Write(c);
        return output.ToString().All(c => c is '\n' or '\t' || !IsObeyed(c));
    });

    [Test]
    public void A_JSON_document_stays_valid_and_has_the_same_content() => Anything.Sample(text =>
    {
        var output = new StringWriter();
        new Screen(output, TextWriter.Null, ScreenTraits.Plain).Line(JsonSerializer.Serialize(text, Relaxed));
        return JsonSerializer.Deserialize<string>(output.ToString()) == JsonSerializer.Deserialize<string>(
            JsonSerializer.Serialize(text, Relaxed));
    });

    [Test]
    public void A_cell_of_a_table_is_one_line_whatever_it_contains() =>
        Anything.Sample(text => !TextTable.Lines(null, [[text, "b"]])[0].Contains('\n', StringComparison.Ordinal));

    [Test]
    public async Task Colours_of_the_program_itself_pass_and_those_in_other_text_do_not()
    {
        var output = new StringWriter();
        var screen = new Screen(output, TextWriter.Null, new ScreenTraits(true, true, true, 80));
        screen.Line($"{screen.Paint.Red("mine")} \e[32mtheirs\e[0m {screen.Paint.Dim("and \e[31mboth")}");
        await Assert.That(output.ToString())
            .IsEqualTo("\e[31mmine\e[0m \\u001b[32mtheirs\\u001b[0m \e[2mand \\u001b[31mboth\e[0m\n");
    }

    private static bool IsObeyed(char c) => char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or '\u2028'
        or '\u2029' or '\ufeff' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
