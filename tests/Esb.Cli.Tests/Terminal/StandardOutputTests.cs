using System.Diagnostics;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Terminal;

/// <summary>A command does its work even if its output cannot be written, and its exit code says so.</summary>
internal sealed class StandardOutputTests
{
    [Test]
    public async Task A_command_continues_when_standard_output_is_full_and_its_exit_code_says_so()
    {
        using var full = new FullWriter();
        using var error = new StringWriter();
        var screen = new Screen(new LastingWriter(full), error, ScreenTraits.Plain);
        screen.Line("first");
        screen.Line("second");
        await Assert.That(screen.End(ExitCode.Done)).IsEqualTo(ExitCode.Unsaid);
        await Assert.That(error.ToString()).StartsWith(
            "error: what the command does was done, but standard output could not be written: No space left on device");
        await Assert.That(screen.End(ExitCode.Failure)).IsEqualTo(ExitCode.Failure);
    }

    [Test]
    public async Task A_command_whose_output_was_written_keeps_its_exit_code()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var screen = new Screen(new LastingWriter(output), error, ScreenTraits.Plain);
        screen.Line("first");
        await Assert.That(screen.End(ExitCode.Changes)).IsEqualTo(ExitCode.Changes);
        await Assert.That((output.ToString(), error.ToString())).IsEqualTo(("first\n", ""));
    }

    [Test]
    [Arguments("version")]
    [Arguments("env list --json")]
    public async Task The_whole_command_exits_with_74_if_its_output_cannot_be_written(string command)
    {
        var (exitCode, error) = await ShellAsync($"{command} > /dev/full");
        await Assert.That(exitCode).IsEqualTo(ExitCode.Unsaid).Because(error);
        await Assert.That(error).Contains("standard output could not be written: No space left on device")
            .And.DoesNotContain("   at ");
    }

    [Test]
    public async Task Messages_that_cannot_be_written_do_not_end_a_command()
    {
        var (exitCode, _) = await ShellAsync("nope 2> /dev/full");
        await Assert.That(exitCode).IsEqualTo(ExitCode.Usage);
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(ReadOnlySpan<char> buffer) => throw new IOException("No space left on device");
    }

    private static async Task<(int ExitCode, string Error)> ShellAsync(string line)
    {
        var state = Directory.CreateTempSubdirectory("esb-output-").FullName;
        var esb = Path.Combine(AppContext.BaseDirectory, "esb");
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec '{esb}' {line}"])
        {
            RedirectStandardError = true,
            Environment = { ["ESB_STATE_DIR"] = state },
        })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Directory.Delete(state, recursive: true);
        return (process.ExitCode, error);
    }
}
