using System.ComponentModel;
using CliWrap;

namespace Esb.Cli.Deploying.Transaction;

/// <summary><c>esb-provisioner</c> as a process of this machine.</summary>
/// <param name="program">The binary.</param>
/// <param name="environment">Endpoints, credentials and region of the platform; never printed.</param>
internal sealed class ProvisionerProcess(string program, IReadOnlyDictionary<string, string?> environment) : IProvisioner
{
    public const string BinaryName = "esb-provisioner";

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<ProvisionerOutput> RunAsync(string folder, string manifest, CancellationToken cancellationToken)
    {
        List<string> output = [];
        List<string> errors = [];
        var all = new Dictionary<string, string?>(environment) { ["CONFIG_DIR"] = folder, ["RESOURCES_YML"] = manifest };
        // Asked to stop, it says how far it came; asked in vain, it is killed.
        using var kill = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => kill.CancelAfter(StopTimeout));
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithEnvironmentVariables(all)
                .WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(output.Add))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(errors.Add))
                .ExecuteAsync(kill.Token, cancellationToken);
            if (result.ExitCode == 0)
                return new ProvisionerOutput(output, errors);
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed($"{BinaryName} ended with exit code {result.ExitCode}; functions and routes are as before", "deploy again when its reason is mended: it goes on from there", [.. output, .. errors]);
        }
        catch (Win32Exception e)
        {
            throw Failed($"{program} cannot be started: {e.Message}", "ESB_BIN_DIR names the folder of ESB's binaries", []);
        }
    }

    private static CommandFailure Failed(string message, string help, IReadOnlyList<string> details)
    {
        var failure = CommandFailure.Environment(message, help);
        return new CommandFailure(failure.ExitCode, failure.Diagnostics) { Details = details };
    }
}
