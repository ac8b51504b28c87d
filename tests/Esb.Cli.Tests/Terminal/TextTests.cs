using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Terminal;

internal sealed class TextTests
{
    [Test]
    public async Task Columns_are_as_wide_as_their_widest_cell_and_end_without_space()
    {
        var lines = TextTable.Lines(["NAME", "N", "LAST"], [["orders-get", "12", ""], ["x", "1", "a long reason"]]);
        await Assert.That(lines).IsEquivalentTo(new[]
        {
            "NAME        N   LAST",
            "orders-get  12",
            "x           1   a long reason",
        });
        await Assert.That(TextTable.Lines(null, [["x", "1", "a long reason"]], 10)[0]).IsEqualTo("x  1  a l…");
    }

    [Test]
    [Arguments(0.04, "0.0 s")]
    [Arguments(59.94, "59.9 s")]
    [Arguments(125, "2 min 5 s")]
    public async Task A_wait_is_given_in_tenths_of_seconds_then_in_minutes(double seconds, string text) =>
        await Assert.That(DurationText.Waited(TimeSpan.FromSeconds(seconds))).IsEqualTo(text);

    [Test]
    [Arguments(-5, "0 s")]
    [Arguments(59, "59 s")]
    [Arguments(3_599, "59 min")]
    [Arguments(3 * 3_600, "3 h")]
    [Arguments(48 * 3_600, "2 d")]
    public async Task An_age_is_given_in_its_largest_unit_only(int seconds, string text) =>
        await Assert.That(DurationText.Age(TimeSpan.FromSeconds(seconds))).IsEqualTo(text);

    [Test]
    [Arguments(1.14, "1.1 ms")]
    [Arguments(240.4, "240 ms")]
    [Arguments(3_210, "3.2 s")]
    public async Task A_latency_has_as_many_digits_as_matter(double milliseconds, string text) =>
        await Assert.That(DurationText.Latency(milliseconds)).IsEqualTo(text);

    [Test]
    [Arguments("order-get", "orders-get")]
    [Arguments("ordesr-get", "orders-get")]
    [Arguments("ORDERS-GET", "orders-get")]
    [Arguments("report", "orders-report")]
    [Arguments("recepits", "receipts")]
    [Arguments("zebra", "")]
    public async Task A_misspelt_name_finds_the_one_that_was_meant(string given, string meant)
    {
        var near = NearMiss.Of(given, ["orders-get", "orders-report", "receipts", "xx"]);
        await Assert.That(near is [var best, ..] ? best : "").IsEqualTo(meant);
    }

    [Test]
    public async Task Several_similar_names_are_suggested_in_one_question()
    {
        await Assert.That(NearMiss.Question("orders-set", ["orders-get", "orders-let", "other"]))
            .IsEqualTo("did you mean 'orders-get' or 'orders-let'?");
        await Assert.That(NearMiss.Question("zebra", ["orders-get"])).IsNull();
    }

    [Test]
    [Arguments(true, "xterm", null, true, true)]
    [Arguments(true, "xterm", "", true, true)]
    [Arguments(true, "xterm", "1", true, false)]
    [Arguments(true, "dumb", null, false, false)]
    [Arguments(true, null, null, false, false)]
    [Arguments(false, "xterm", null, false, false)]
    public async Task Colour_and_live_lines_need_a_terminal_and_NO_COLOR_is_honoured(
        bool terminal,
        string? term,
        string? noColour,
        bool live,
        bool colour)
    {
        var traits = ScreenTraits.Of(
            terminal, terminal, name => name == "TERM" ? term : name == "NO_COLOR" ? noColour : null, () => 80);
        await Assert.That(traits.IsInteractive).IsEqualTo(live);
        await Assert.That(traits.OutputColour).IsEqualTo(colour);
    }

    [Test]
    public async Task Errors_go_to_standard_error_and_only_the_word_error_is_coloured()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        new Screen(output, error, new ScreenTraits(true, true, true, 80))
            .Report(new Diagnostic(Severity.Error, "ESB1014", "it broke", "a.yml", 3, 4, "mend it"));
        await Assert.That(output.ToString()).IsEqualTo("");
        await Assert.That(error.ToString()).IsEqualTo("a.yml:3:4: \e[31merror:\e[0m it broke; mend it\n");
    }
}
