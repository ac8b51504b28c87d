using Esb.Cli.Building;
using Esb.Cli.Compose;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Cli.Processes;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Asks each binary, and each process, what build it is.</summary>
internal sealed class BuildsReader(Patient patient)
{
    private static readonly string[] Names = [Binaries.Gateway, Binaries.Agent, Binaries.Provisioner, Binaries.ObjectStore];

    public async Task<BuildsReading> ReadAsync(CancellationToken cancellationToken)
    {
        if (patient.Settings.IsInContainers)
            return new BuildsReading(patient.Version, null, [], await Task.WhenAll(InContainerAsync("gateway", cancellationToken), InContainerAsync("agent", cancellationToken)) is var parts ? [.. parts.OfType<BuildReading>()] : []);
        var folder = patient.Settings.BinaryFolder;
        var beside = Task.WhenAll(Names.Select(name => BesideAsync(name, Path.Combine(folder, name), cancellationToken)));

        // The link leads to the program that runs, also when another file has its name by now.
        var running = Task.WhenAll(patient.Alive.Where(component => component.Kind != ComponentKind.Database)
            .Select(component => AskAsync(Binaries.Of(component.Kind), $"/proc/{component.Process.Pid}/exe", cancellationToken)));
        return new BuildsReading(patient.Version, folder, await beside, await running);
    }

    private static Task<BuildReading> BesideAsync(string name, string path, CancellationToken cancellationToken) =>
        !File.Exists(path) ? Task.FromResult(new BuildReading(name, null, $"is not in {Path.GetDirectoryName(path)}"))
        : !Executables.IsExecutable(path) ? Task.FromResult(new BuildReading(name, null, $"{path} is not executable"))
        : AskAsync(name, path, cancellationToken);

    private static async Task<BuildReading> AskAsync(string name, string program, CancellationToken cancellationToken)
    {
        // An agent that does not know the question would start to serve; with this it refuses to.
        var answer = await Answer.OfAsync(program, ["version"], cancellationToken, new Dictionary<string, string?> { ["AGENT_BACKEND"] = "none" });
        return answer.Succeeded && answer.First.Length > 0 ? new BuildReading(name, answer.First) : new BuildReading(name, null, answer.Reason);
    }

    private async Task<BuildReading?> InContainerAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            var project = ComposeProject.Of(patient.Settings, patient.Settings.Mode);
            var call = new DockerCall(project.Command("exec", "--no-TTY", service, $"/esb-{service}", "version")) { Environment = project.Environment };
            var result = await new DockerEngine().RunAsync(call, cancellationToken);
            return result.Succeeded ? new BuildReading($"esb-{service}", result.First) : null;
        }
        catch (CommandFailure)
        {
            return null; // No docker, or no Compose file here: the engine's check says it.
        }
    }
}
