using System.Text.Json;
using Esb.Cli.Containers;

namespace Esb.Cli.Compose;

/// <summary>
/// Stops a platform in containers. Compose does not manage the workers, which the agent creates and removes. Workers of
/// an agent that was killed are removed here; a running one would keep the network in use.
/// </summary>
internal sealed class PlatformDown(DockerEngine engine, ComposeProject project)
{
    private const string WorkersNetwork = "workers";
    private const string OwnerLabel = "esb.owner";

    /// <param name="onStep">Receives each step, for the progress line.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    /// <returns>The number of workers that their agent had not removed.</returns>
    /// <exception cref="CommandFailure">The engine reports an error.</exception>
    public async Task<int> RunAsync(Action<string> onStep, CancellationToken cancellationToken)
    {
        var name = await NameAsync(cancellationToken);
        onStep("stopping the services");
        // A running agent removes its workers when it stops.
        await ComposeAsync(cancellationToken, "stop");
        var left = await WorkersAsync(name, cancellationToken);
        onStep("removing the containers");
        if (left.Count > 0)
            await RunDockerAsync(["rm", "--force", "--volumes", .. left], cancellationToken);
        await ComposeAsync(cancellationToken, "--profile", "*", "down");
        return left.Count;
    }

    private async Task<string> NameAsync(CancellationToken cancellationToken)
    {
        var shown = await ComposeAsync(cancellationToken, "config", "--format", "json");
        using var document = JsonDocument.Parse(string.Join('\n', shown.Output));
        return document.RootElement.GetProperty("name").GetString()!;
    }

    private async Task<IReadOnlyList<string>> WorkersAsync(string name, CancellationToken cancellationToken)
    {
        string[] filters = ["--filter", $"label={OwnerLabel}", "--filter", $"network={name}_{WorkersNetwork}"];
        var listed = await RunDockerAsync(["ps", "--all", "--quiet", .. filters], cancellationToken);
        return [.. listed.Output.Where(line => line.Length > 0)];
    }

    private Task<DockerResult> ComposeAsync(CancellationToken cancellationToken, params string[] command) =>
        RunDockerAsync(project.Command(command), cancellationToken);

    private async Task<DockerResult> RunDockerAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await engine.RunAsync(
            new DockerCall(arguments) { Environment = project.Environment }, cancellationToken);
        return result.Succeeded ? result : throw CommandFailure.Environment(
            $"docker {arguments[0]}: {result.Reason}", "docker compose ps --all lists what still exists");
    }
}
