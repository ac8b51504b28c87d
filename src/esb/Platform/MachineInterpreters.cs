using Esb.Cli.Processes;
using Esb.Interpreters;

namespace Esb.Cli.Platform;

/// <summary>
/// Looks for interpreters with the code of the agent: in the agent's environment if it runs, otherwise in that of this
/// process.
/// </summary>
internal sealed class MachineInterpreters
{
    private const string PathName = "PATH";

    private readonly InterpreterPath _path;

    /// <param name="platform">The platform of <c>esb up</c>; null when nothing was started.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="known">Kept answers; null to start every program.</param>
    public MachineInterpreters(
        PlatformState? platform, CancellationToken cancellationToken, KnownInterpreters? known = null)
    {
        var environment = AgentEnvironment(platform?.Find(ComponentKind.Agent));
        _path = new InterpreterPath(
            environment is null
                ? Environment.GetEnvironmentVariable(PathName)
                : environment.GetValueOrDefault(PathName),
            (language, program) => known is null
                ? Ask(language, program)
                : known.OfAsync(program, () => Ask(language, program)));

        Task<Interpreter?> Ask(Language language, string program) =>
            AskAsync(language, program, environment, cancellationToken);
    }

    /// <returns>Null when no program on the PATH runs it.</returns>
    public Task<Interpreter?> FindAsync(WantedInterpreter wanted) => _path.FindAsync(wanted);

    /// <summary>Starts one program; null when it is not an interpreter.</summary>
    public static async Task<Interpreter?> AskAsync(
        Language language,
        string program,
        IReadOnlyDictionary<string, string?>? environment,
        CancellationToken cancellationToken)
    {
        var answer = await Answer.OfAsync(
            program,
            InterpreterQuery.Arguments(language),
            cancellationToken,
            environment,
            InterpreterQuery.Folder);
        return answer.Succeeded ? InterpreterQuery.Parse(answer.Output) : null;
    }

    // Variables that the agent does not have are removed.
    private static Dictionary<string, string?>? AgentEnvironment(RunningComponent? agent)
    {
        if (agent is null || ProcessEnvironment.Of(agent.Process.Pid) is not { } has)
            return null;
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (name, value) in has)
            environment[name] = value;
        return environment;
    }
}
