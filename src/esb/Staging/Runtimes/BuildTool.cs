using CliWrap;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>A program that builds or installs, with what it is given.</summary>
/// <param name="Name">As people would type it.</param>
/// <param name="Program">What runs: a name on PATH, or a path.</param>
/// <param name="Arguments">With what.</param>
internal sealed record BuildTool(string Name, string Program, IReadOnlyList<string> Arguments)
{
    private const int LastLines = 15;

    /// <param name="folder">Where it runs.</param>
    /// <param name="onLine">Takes each line that it prints.</param>
    /// <param name="cancellationToken">Ends it and all that it started.</param>
    public async Task<BuildToolEnd> RunAsync(string folder, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var last = new Queue<string>(LastLines);
        void Take(string line)
        {
            lock (last) // Both streams write here.
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
/// <param name="ExitCode">Null: there is no such program.</param>
/// <param name="Last">The last lines that it printed.</param>
internal sealed record BuildToolEnd(int? ExitCode, IReadOnlyList<string> Last);
