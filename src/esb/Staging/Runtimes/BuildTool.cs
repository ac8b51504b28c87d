using CliWrap;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>A program that builds code or installs dependencies, with its arguments.</summary>
/// <param name="Name">The command for messages, as people would type it.</param>
/// <param name="Program">The program to run: a name on the PATH, or a path.</param>
/// <param name="Arguments">The arguments of the program.</param>
internal sealed record BuildTool(string Name, string Program, IReadOnlyList<string> Arguments)
{
    private const int LastLines = 15;

    /// <param name="folder">The working folder.</param>
    /// <param name="onLine">Receives each line that it prints.</param>
    /// <param name="cancellationToken">Stops the program and all processes that it started.</param>
    public async Task<BuildToolEnd> RunAsync(string folder, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var last = new Queue<string>(LastLines);
        void Take(string line)
        {
            lock (last) // Called for both output streams.
            {
                if (last.Count == LastLines)
                    last.Dequeue();
                last.Enqueue(line);
            }

            onLine?.Invoke(line);
        }

        try
        {
            var result = await CliWrap.Cli.Wrap(Program)
                .WithArguments(Arguments)
                .WithWorkingDirectory(folder)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(Take))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(Take))
                .ExecuteAsync(cancellationToken);
            return new BuildToolEnd(result.ExitCode, [.. last]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new BuildToolEnd(null, []);
        }
    }
}

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">The exit code; null when the program could not be started.</param>
/// <param name="Last">The last lines that it printed.</param>
internal sealed record BuildToolEnd(int? ExitCode, IReadOnlyList<string> Last);
