using CliWrap;
using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Deploying.Transaction;
using Esb.Host.Processes;

namespace Esb.Cli.Modes;

/// <summary>The provisioner as a container of the platform: <c>docker compose run --rm provisioner</c>.</summary>
internal sealed class ComposeProvisioner(DockerEngine engine, ComposeProject project) : IProvisioner
{
    private const string Service = "provisioner";

    // The configuration folder in its container.
    private const string ConfigFolder = "/app/runtime-config";

    public async Task<ProvisionerOutput> RunAsync(
        string folder, string manifest, bool lookOnly, CancellationToken cancellationToken)
    {
        string[] other = lookOnly ? ["--env", $"RESOURCES_YML={ConfigFolder}/{Path.GetFileName(manifest)}"] : [];
        var call = Call(lookOnly ? ["--dry-run"] : [], new HeldOpenInput(), other);
        var result = await engine.RunAsync(call, cancellationToken);
        if (result.Succeeded)
            return new ProvisionerOutput(result.Output, result.Errors);
        throw Failed(
            result,
            $"the provisioner ended with exit code {result.ExitCode}; nothing was changed",
            "deploy again when the cause is fixed");
    }

    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<string> arguments, PipeSource input, PipeTarget output, CancellationToken cancellationToken)
    {
        var result = await engine.RunAsync(Call(arguments, input) with { Output = output }, cancellationToken);
        return result.Succeeded
            ? result.Errors
            : throw Failed(result, $"the provisioner's {arguments[0]} ended with exit code {result.ExitCode}", null);
    }

    private DockerCall Call(IReadOnlyList<string> arguments, PipeSource input, params IReadOnlyList<string> options)
    {
        string[] attached = input is HeldOpenInput ? ["--env", $"{AttachedInput.Variable}=true"] : [];
        var command = project.Command(["run", "--rm", "--no-deps", "--no-TTY", .. attached, .. options, Service]);
        return new DockerCall([.. command, .. arguments]) { Input = input, Environment = project.Environment };
    }

    private static CommandFailure Failed(DockerResult result, string message, string? help)
    {
        var failure = CommandFailure.Environment(message, help);
        return failure.WithDetails([.. result.Output, .. result.Errors]);
    }
}
