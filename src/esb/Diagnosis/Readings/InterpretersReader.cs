using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Stores;
using Esb.Cli.Processes;
using Esb.Interpreters;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Looks for interpreters as the agent does, by the same code: in its environment if it runs, else in ours.</summary>
internal sealed class InterpretersReader(Patient patient)
{
    private const string PathName = "PATH";

    public async Task<InterpretersReading> ReadAsync(CancellationToken cancellationToken)
    {
        var environment = AgentEnvironment();
        var path = new InterpreterPath(
            environment is null ? Environment.GetEnvironmentVariable(PathName) : environment.GetValueOrDefault(PathName),
            (language, program) => AskAsync(language, program, environment, cancellationToken));
        var runtimes = await Task.WhenAll(ConfigurationReader.Runtimes(patient).OrderBy(r => r.Key, StringComparer.Ordinal).Select(async r =>
            new RuntimeReading(r.Key, r.Value, WantedInterpreter.Of(r.Key) is { } wanted ? await path.FindAsync(wanted) : null)));
        var needsNode = patient.Settings.DatabaseEndpoint is null;
        var node = needsNode && Executables.Find("node") is { } program ? await AskAsync(Language.Node, program, null, cancellationToken) : null;
        var needsNpm = needsNode && !new DatabaseInstallation(patient.Settings.State).IsInstalled && Executables.Find("npm") is null;
        return new InterpretersReading(runtimes, node, needsNode, needsNpm, Executables.Find("setsid") is not null);
    }

    private static async Task<Interpreter?> AskAsync(Language language, string program, Dictionary<string, string?>? environment, CancellationToken cancellationToken)
    {
        var answer = await Answer.OfAsync(program, InterpreterQuestion.Arguments(language), cancellationToken, environment, InterpreterQuestion.Folder);
        return answer.Succeeded ? InterpreterQuestion.Understand(answer.Output) : null;
    }

    // What this process has and the agent has not is taken away.
    private Dictionary<string, string?>? AgentEnvironment()
    {
        try
        {
            if (patient.Find(ComponentKind.Agent) is not { } agent)
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
