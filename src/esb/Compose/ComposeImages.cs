using System.Text.Json;
using Esb.Cli.Containers;

namespace Esb.Cli.Compose;

/// <summary>The image of one service of the platform.</summary>
/// <param name="Service">The name of the service in the Compose file.</param>
/// <param name="Image">The image, as the file names it.</param>
/// <param name="IsOwn">Whether it has a <c>build:</c> key, and so is an image of ESB.</param>
internal sealed record ComposeImage(string Service, string Image, bool IsOwn);

/// <summary>The images of a Compose file, after Compose has applied settings and overrides.</summary>
internal static class ComposeImages
{
    /// <exception cref="CommandFailure">Compose cannot read the file.</exception>
    public static async Task<IReadOnlyList<ComposeImage>> ListAsync(
        DockerEngine engine, ComposeProject project, CancellationToken cancellationToken)
    {
        var command = project.Command("--profile", "*", "config", "--format", "json");
        var result = await engine.RunAsync(
            new DockerCall(command) { Environment = project.Environment }, cancellationToken);
        if (!result.Succeeded)
            throw CommandFailure.Environment(
                $"Compose cannot read the platform's file: {result.Reason}", "run docker compose config for details");
        using var document = JsonDocument.Parse(string.Join('\n', result.Output));
        return [.. document.RootElement.GetProperty("services").EnumerateObject()
            .Where(s => s.Value.TryGetProperty("image", out _))
            .Select(s => new ComposeImage(
                s.Name, s.Value.GetProperty("image").GetString()!, s.Value.TryGetProperty("build", out _)))];
    }
}
