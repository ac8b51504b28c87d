using System.Text.Json;
using Esb.Cli.Containers;

namespace Esb.Cli.Compose;

/// <summary>
/// Takes a platform of containers down. Compose knows its services and not the workers, which the agent makes and removes: those of an
/// agent that was killed are removed here, since they would stay behind, and a running one would hold the network.
/// </summary>
internal sealed class PlatformDown(DockerEngine engine, ComposeProject project)
{
    private const string WorkersNetwork = "workers";
    private const string OwnerLabel = "esb.owner";

    /// <param name="onStep">Told what is being done.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <returns>How many workers their agent had left.</returns>
    /// <exception cref="CommandFailure">The engine refuses.</exception>
    public async Task<int> RunAsync(Action<string> onStep, CancellationToken cancellationToken)
    {
        var name = await NameAsync(cancellationToken);
        onStep("stopping the services");
        // An agent that lives removes its workers as it ends.
        await ComposeAsync(cancellationToken, "stop");
        var left = await WorkersAsync(name, cancellationToken);
        onStep("removing the containers");
        if (left.Count > 0)
            await DoneAsync(["rm", "--force", "--volumes", .. left], cancellationToken);
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
        var listed = await DoneAsync(["ps", "--all", "--quiet", "--filter", $"label={OwnerLabel}", "--filter", $"network={name}_{WorkersNetwork}"], cancellationToken);
        return [.. listed.Output.Where(line => line.Length > 0)];
    }

    private Task<DockerResult> ComposeAsync(CancellationToken cancellationToken, params string[] command) =>
        DoneAsync(project.Command(command), cancellationToken);

    private async Task<DockerResult> DoneAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await engine.RunAsync(new DockerCall(arguments) { Environment = project.Environment }, cancellationToken);
        return result.Succeeded ? result : throw CommandFailure.Environment($"docker {arguments[0]}: {result.Reason}", "docker compose ps --all says what is still there");
    }
}
