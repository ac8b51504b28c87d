using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>An image that a template names: looked for in the engine, else pulled.</summary>
/// <param name="engine">Has it, or pulls it.</param>
/// <param name="architecture">What this machine runs, in Go's words.</param>
internal sealed class SourceImage(DockerEngine engine, string architecture)
{
    /// <returns>Its id; null when it cannot be had or does not fit, and the origin has been told.</returns>
    public async Task<string?> RequireAsync(string reference, Origin origin, CancellationToken cancellationToken)
    {
        var found = await InspectAsync(reference, cancellationToken);
        if (found is null)
        {
            var pulled = await engine.RunAsync(["pull", "--quiet", reference], cancellationToken);
            found = pulled.Succeeded ? await InspectAsync(reference, cancellationToken) : null;
            if (found is null)
            {
                origin.Error(DiagnosticCodes.Environment, $"the image '{reference}' cannot be had: {pulled.Reason}", "build or pull it, or name one that is there");
                return null;
            }
        }

        if (found.Value.Architecture == architecture)
            return found.Value.Id;
        origin.Error(DiagnosticCodes.NotSupported, $"the image '{reference}' is for {found.Value.Architecture}, this machine is {architecture}", $"build it with --platform linux/{architecture}");
        return null;
    }

    private async Task<(string Id, string Architecture)?> InspectAsync(string reference, CancellationToken cancellationToken)
    {
        var inspected = await engine.RunAsync(["image", "inspect", "--format", "{{.Id}} {{.Architecture}}", reference], cancellationToken);
        return inspected.Succeeded && inspected.Output is [var line, ..] && line.Split(' ') is [var id, var architecture] ? (id, architecture) : null;
    }
}
