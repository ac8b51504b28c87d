using System.Text;
using Esb.Cli.Admin;
using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Gateway;

namespace Esb.Cli.Modes;

/// <summary>
/// The configuration that is baked into a platform's images, for a platform whose gateway does not run.
/// </summary>
internal sealed class BakedPlatform(DockerEngine engine, ComposeProject project)
{
    private const string Gateway = "gateway";

    /// <returns>Null when nothing is baked in, or there is no image.</returns>
    /// <exception cref="CommandFailure">The configuration exists, but cannot be read.</exception>
    public async Task<ServedDocuments?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await IsBakedAsync(cancellationToken))
            return null;
        var command = project.Command("run", "--rm", "--no-deps", "--no-TTY", Gateway, "configuration");
        var call = new DockerCall(command) { Environment = project.Environment };
        var result = await engine.RunAsync(call, cancellationToken);
        var files = AdminClient.ReadServedFiles(Encoding.UTF8.GetBytes(string.Join('\n', result.Output)));
        if (result.Succeeded && files is not null && ServedDocuments.Of(files) is { } baked)
            return baked;
        var failure = CommandFailure.Environment(
            "the configuration that is baked into the gateway's image cannot be read, and the files in CONFIG_DIR "
            + "would hide it; nothing was changed",
            "start the platform, or give --allow-loss");
        throw failure.WithDetails(result.Errors);
    }

    private async Task<bool> IsBakedAsync(CancellationToken cancellationToken)
    {
        var images = await ComposeImages.ListAsync(engine, project, cancellationToken);
        if (images.FirstOrDefault(i => i.Service == Gateway) is not { } gateway)
            return false;
        var label = $"{{{{index .Config.Labels \"{ControlPlaneImages.Label}\"}}}}";
        string[] inspect = ["image", "inspect", "--format", label, gateway.Image];
        var inspected = await engine.RunAsync(inspect, cancellationToken);
        return inspected.Succeeded && inspected.Output is [ControlPlaneImages.Baked, ..];
    }
}
