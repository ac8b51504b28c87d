using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Stores;
using Esb.Cli.Processes;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Looks for interpreters where the agent does: on its PATH if it runs, else on ours.</summary>
internal sealed class InterpretersReader(Patient patient)
{
    public async Task<InterpretersReading> ReadAsync(CancellationToken cancellationToken)
    {
        var path = AgentPath();
        var runtimes = await Task.WhenAll(ConfigurationReader.Runtimes(patient).OrderBy(r => r.Key, StringComparer.Ordinal).Select(async r =>
            new RuntimeReading(r.Key, r.Value, await FindAsync(Programs(r.Key), path, cancellationToken))));
        var needsNode = patient.Settings.DatabaseEndpoint is null;
        var node = needsNode ? await FindAsync(["node"], Environment.GetEnvironmentVariable("PATH"), cancellationToken) : [];
        var needsNpm = needsNode && !new DatabaseInstallation(patient.Settings.State).IsInstalled && Executables.Find("npm") is null;
        return new InterpretersReading(runtimes, node is [var first, ..] ? first : null, needsNode, needsNpm, Executables.Find("setsid") is not null);
    }

    // As the agent looks: the exact name first.
    private static IReadOnlyList<string> Programs(string runtime) => new LambdaRuntime(runtime).Family switch
    {
        RuntimeFamily.Python => [runtime, "python3"],
        RuntimeFamily.Node => [$"node{runtime["nodejs".Length..].Split('.')[0]}", "node", "nodejs"],
        _ => [],
    };

    private static async Task<IReadOnlyList<InterpreterReading>> FindAsync(IReadOnlyList<string> names, string? path, CancellationToken cancellationToken)
    {
        var folders = (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        var programs = names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).Where(Executables.IsExecutable);
        var answers = await Task.WhenAll(programs.Select(async program => (program, answer: await Answer.OfAsync(program, ["--version"], cancellationToken))));

        // "Python 3.11.2", "v20.19.2"; a version manager's name for what is not installed answers with an error.
        return [.. from found in answers
                   let version = found.answer.First.Split(' ')[^1].TrimStart('v')
                   where found.answer.Succeeded && version.Length > 0 && char.IsAsciiDigit(version[0])
                   select new InterpreterReading(found.program, version)];
    }

    private string? AgentPath()
    {
        try
        {
            return patient.Find(ComponentKind.Agent) is { } agent
                ? File.ReadAllText($"/proc/{agent.Process.Pid}/environ").Split('\0').FirstOrDefault(entry => entry.StartsWith("PATH=", StringComparison.Ordinal))?["PATH=".Length..]
                : Environment.GetEnvironmentVariable("PATH");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.GetEnvironmentVariable("PATH");
        }
    }
}
