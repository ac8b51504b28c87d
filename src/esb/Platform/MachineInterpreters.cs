using Esb.Cli.Processes;
using Esb.Interpreters;

namespace Esb.Cli.Platform;

/// <summary>Looks for interpreters as the agent does, by the same code: in its environment if it runs, else in ours.</summary>
internal sealed class MachineInterpreters
{
    private const string PathName = "PATH";

    private readonly InterpreterPath _path;

    /// <param name="platform">What <c>esb up</c> wrote down; null when nothing was started.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <param name="known">What was asked before; null: everything is asked.</param>
    public MachineInterpreters(PlatformState? platform, CancellationToken cancellationToken, KnownInterpreters? known = null)
    {
        var environment = AgentEnvironment(platform?.Find(ComponentKind.Agent));
        _path = new InterpreterPath(
            environment is null ? Environment.GetEnvironmentVariable(PathName) : environment.GetValueOrDefault(PathName),
            (language, program) => known is null ? Ask(language, program) : known.OfAsync(program, () => Ask(language, program)));

        Task<Interpreter?> Ask(Language language, string program) => AskAsync(language, program, environment, cancellationToken);
    }

    /// <returns>Null: nothing on the PATH runs it.</returns>
    public Task<Interpreter?> FindAsync(WantedInterpreter wanted) => _path.FindAsync(wanted);

    /// <summary>Asks one program; null: it is none.</summary>
    public static async Task<Interpreter?> AskAsync(Language language, string program, IReadOnlyDictionary<string, string?>? environment, CancellationToken cancellationToken)
    {
        var answer = await Answer.OfAsync(program, InterpreterQuestion.Arguments(language), cancellationToken, environment, InterpreterQuestion.Folder);
        return answer.Succeeded ? InterpreterQuestion.Understand(answer.Output) : null;
    }

    // What this process has and the agent has not is taken away.
    private static Dictionary<string, string?>? AgentEnvironment(RunningComponent? agent)
    {
        try
        {
            if (agent is null)
                return null;
            var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
            foreach (var entry in File.ReadAllText($"/proc/{agent.Process.Pid}/environ").Split('\0'))
            {
                if (entry.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                    environment[entry[..at]] = entry[(at + 1)..];
            }

            return environment;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
