using CliWrap;
using CliWrap.Buffered;
using Esb.Interpreters;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Finds the interpreter whose pip installs packages for a runtime: among the interpreters with pip, the one that the
/// agent would choose for the runtime.
/// </summary>
internal static class PythonInterpreter
{
    /// <returns>Null when no suitable interpreter on the PATH has pip.</returns>
    public static async Task<string?> WithPipAsync(string runtime, CancellationToken cancellationToken)
    {
        if (WantedInterpreter.Of(runtime) is not { } wanted)
            return null;
        var path = new InterpreterPath(
            Environment.GetEnvironmentVariable("PATH"),
            async (language, program) => await AskAsync(language, program, cancellationToken) is { } interpreter
                && await HasPipAsync(interpreter.Path, cancellationToken) ? interpreter : null);
        return (await path.FindAsync(wanted))?.Path;
    }

    private static async Task<Interpreter?> AskAsync(
        Language language,
        string program,
        CancellationToken cancellationToken) =>
        await RunAsync(program, InterpreterQuery.Arguments(language), cancellationToken) is { ExitCode: 0 } answer
            ? InterpreterQuery.Parse(answer.StandardOutput)
            : null;

    private static async Task<bool> HasPipAsync(string program, CancellationToken cancellationToken) =>
        await RunAsync(program, ["-c", "import pip"], cancellationToken) is { ExitCode: 0 };

    private static async Task<BufferedCommandResult?> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken)
    {
        try
        {
            return await CliWrap.Cli.Wrap(program)
                .WithArguments(arguments)
                .WithWorkingDirectory(InterpreterQuery.Folder)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // Not executable.
        }
    }
}
