using Esb.Host.Processes;

namespace Esb.Cli.Tests.Processes;

internal sealed class ProgramArgumentTests
{
    [Test]
    [Arguments("--version", 0, "1.2", "")]
    [Arguments("version", 0, "1.2", "")]
    [Arguments("--help", 0, "Does things. esb starts it; its settings are in the environment.\n\nUsage: "
        + "esb-part [WORD]\n\n  health     looks\n  --version  print the version\n  --help     print this", "")]
    [Arguments("-h", 0, "Does things. esb starts it; its settings are in the environment.\n\nUsage: "
        + "esb-part [WORD]\n\n  health     looks\n  --version  print the version\n  --help     print this", "")]
    [Arguments(
        "--verison", 2, "", "esb-part: error: unknown argument '--verison'; esb-part --help names those that it takes")]
    [Arguments("", 2, "", "esb-part: error: unknown argument ''; esb-part --help names those that it takes")]
    [Arguments(
        "health --now", 2, "", "esb-part: error: unknown argument '--now'; esb-part --help names those that it takes")]
    [Arguments(
        "health health",
        2,
        "",
        "esb-part: error: unknown argument 'health'; esb-part --help names those that it takes")]
    [Arguments("--version --help", 2, "", "esb-part: error: unknown argument '--version'; "
        + "esb-part --help names those that it takes")]
    public async Task A_program_has_the_common_options_and_does_not_start_with_an_unknown_argument(
        string arguments,
        int code,
        string output,
        string error)
    {
        var (said, complained) = (new StringWriter(), new StringWriter());
        var answer = Part().Answer(arguments.Split(' '), said, complained);
        await Assert.That((answer, said.ToString().TrimEnd(), complained.ToString().TrimEnd()))
            .IsEqualTo((code, output, error));
    }

    [Test]
    public async Task The_program_itself_handles_its_own_arguments_and_an_empty_command_line()
    {
        await Assert.That(Part().Answer([], TextWriter.Null, TextWriter.Null)).IsNull();
        await Assert.That(Part().Answer(["health"], TextWriter.Null, TextWriter.Null)).IsNull();
    }

    private static ProgramArguments Part() => new("esb-part", "Does things.", "1.2", ("health", "looks"));
}
