using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>Finds an image that a template names in the engine, or pulls it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="architecture">This machine's architecture, by Go's names.</param>
internal sealed class SourceImage(DockerEngine engine, string architecture)
{
    /// <returns>
    /// The image's id; null when it cannot be pulled or is for another architecture, which is reported to the origin.
    /// </returns>
    public async Task<string?> RequireAsync(string reference, Origin origin, CancellationToken cancellationToken)
    {
        var found = await InspectAsync(reference, cancellationToken);
        if (found is null)
        {
            var pulled = await engine.RunAsync(["pull", "--quiet", reference], cancellationToken);
            found = pulled.Succeeded ? await InspectAsync(reference, cancellationToken) : null;
            if (found is null)
            {
                origin.Error(
                    DiagnosticCodes.Environment,
                    $"the image '{reference}' cannot be pulled: {pulled.Reason}",
                    "build or pull it, or name an existing one");
                return null;
            }
        }

        if (found.Value.Architecture == architecture)
            return found.Value.Id;
        origin.Error(
            DiagnosticCodes.NotSupported,
            $"the image '{reference}' is for {found.Value.Architecture}, but this machine is {architecture}",
            $"build it with --platform linux/{architecture}");
        return null;
    }

    private async Task<(string Id, string Architecture)?> InspectAsync(
        string reference, CancellationToken cancellationToken)
    {
        var inspected = await engine.RunAsync(
            ["image", "inspect", "--format", "{{.Id}} {{.Architecture}}", reference], cancellationToken);
        return inspected.Succeeded
            && inspected.Output is [var line, ..]
            && line.Split(' ') is [var id, var architecture]
            ? (id, architecture)
            : null;
    }
}
