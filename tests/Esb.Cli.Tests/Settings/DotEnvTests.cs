using CsCheck;
using Esb.Cli.Commands;
using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Settings;

internal sealed class DotEnvTests
{
    [Test]
    [Arguments("A=b", "A", "b")]
    [Arguments("  export A = b  ", "A", "b")]
    [Arguments("A=", "A", "")]
    [Arguments("A=b # why", "A", "b")]
    [Arguments("A=b#c", "A", "b#c")]
    [Arguments("A=# why", "A", "")]
    [Arguments("A='b # $c \\n'", "A", "b # $c \\n")]
    [Arguments("A=\"b\\n\\\"c\\\" \\$d \\\\ \\e\" # why", "A", "b\n\"c\" $d \\ \\e")]
    [Arguments("A=$HOME/x=y", "A", "$HOME/x=y")]
    [Arguments("\uFEFF# first\r\n\r\nA=b\r\n", "A", "b")]
    public async Task A_line_of_each_form_is_read_as_documented(string text, string key, string value)
    {
        var values = DotEnv.Parse(text, ".env");
        await Assert.That(values.Count).IsEqualTo(1);
        await Assert.That(values[key]).IsEqualTo(value);
    }

    [Test]
    public async Task The_last_of_two_lines_for_one_key_takes_precedence() =>
        await Assert.That(DotEnv.Parse("A=1\nA=2", ".env")["A"]).IsEqualTo("2");

    [Test]
    [Arguments("just words")]
    [Arguments("=x")]
    [Arguments("1A=x")]
    [Arguments("A-B=x")]
    [Arguments("A='open")]
    [Arguments("A=\"a\" b")]
    public async Task A_line_that_is_not_an_assignment_is_reported_by_its_place_and_not_shown(string line)
    {
        var failure = Assert.Throws<CommandFailure>(() => DotEnv.Parse("OK=1\n" + line, "prod.env"));
        await Assert.That(failure.ExitCode).IsEqualTo(ExitCode.Usage);
        await Assert.That(failure.Diagnostics[0].ToString())
            .StartsWith("prod.env:2:1: error: this line is not KEY=VALUE");
        await Assert.That(failure.Diagnostics[0].ToString()).DoesNotContain(line);
    }

    [Test]
    public async Task What_is_written_as_a_line_is_read_back_unchanged()
    {
        // Carriage returns end lines, so a value on one line cannot contain them.
        var value = Gen.String[Gen.Char[' ', '~']].Select(text => text.Insert(text.Length / 2, "\n\\"));
        value.Sample(text => DotEnv.Parse(DotEnv.Line("KEY", text), "x")["KEY"] == text, iter: 2_000);
        await Assert.That(DotEnv.Line("KEY", "a\"b")).IsEqualTo("KEY=\"a\\\"b\"\n");
    }
}
