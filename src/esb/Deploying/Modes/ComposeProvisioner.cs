using Esb.Cli.Building;
using Esb.Cli.Compose;
using Esb.Cli.Deploying.Transaction;

namespace Esb.Cli.Deploying.Modes;

/// <summary>The provisioner as a container of the platform: <c>docker compose run --rm provisioner</c>.</summary>
internal sealed class ComposeProvisioner(DockerEngine engine, ComposeProject project) : IProvisioner
{
    private const string Service = "provisioner";

    public async Task<ProvisionerOutput> RunAsync(string folder, string manifest, CancellationToken cancellationToken)
    {
        var result = await engine.RunAsync(new DockerCall(project.Command("run", "--rm", "--no-deps", "--no-TTY", Service)) { Environment = project.Environment }, cancellationToken);
        if (result.Succeeded)
            return new ProvisionerOutput(result.Output, result.Errors);
        var failure = CommandFailure.Environment($"the provisioner ended with exit code {result.ExitCode}, nothing was changed", "deploy again when its reason is mended");
        throw new CommandFailure(failure.ExitCode, failure.Diagnostics) { Details = [.. result.Output, .. result.Errors] };
    }
}
