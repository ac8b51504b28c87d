using CliWrap;
using CliWrap.Buffered;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>Finds the interpreter whose pip installs for a runtime: the one of its version, else python3.</summary>
internal static class PythonInterpreter
{
    /// <returns>Null when none on PATH runs and has pip.</returns>
    public static async Task<string?> WithPipAsync(string runtime, CancellationToken cancellationToken)
    {
        // Version managers put names on PATH that only print an error, so it is not enough that the file is there.
        foreach (var candidate in (string[])[runtime, "python3"])
        {
            if (await RunsAsync(candidate, cancellationToken))
                return candidate;
        }

        return null;
    }

    private static async Task<bool> RunsAsync(string candidate, CancellationToken cancellationToken)
    {
        try
        {
            var result = await CliWrap.Cli.Wrap(candidate)
                .WithArguments(["-c", "import pip"])
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken);
            return result.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // Not on PATH.
        }
    }
}
