using System.ComponentModel;
using CliWrap;
using Esb.Host.Processes;

namespace Esb.Cli.Deploying.Transaction;

/// <summary><c>esb-provisioner</c> as a process on this machine.</summary>
/// <param name="program">The binary.</param>
/// <param name="environment">Endpoints, credentials and region of the platform; never printed.</param>
internal sealed class ProvisionerProcess(string program, IReadOnlyDictionary<string, string?> environment)
    : IProvisioner
{
    public const string BinaryName = "esb-provisioner";

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<ProvisionerOutput> RunAsync(
        string folder,
        string manifest,
        bool lookOnly,
        CancellationToken cancellationToken)
    {
        List<string> output = [];
        List<string> errors = [];
        var files = new Dictionary<string, string?> { ["CONFIG_DIR"] = folder, ["RESOURCES_YML"] = manifest };
        var exitCode = await RunAsync(
            lookOnly
                ? ["--dry-run"]
                : [], files, new HeldOpenInput(), PipeTarget.ToDelegate(output.Add), errors, cancellationToken);
        return exitCode == 0
            ? new ProvisionerOutput(output, errors)
            : throw Failed(
                $"{BinaryName} ended with exit code {exitCode}; functions and routes are as before",
                "deploy again when the cause is fixed: it continues from there",
                [.. output, .. errors]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<string> arguments,
        PipeSource input,
        PipeTarget output,
        CancellationToken cancellationToken)
    {
        List<string> lines = [];
        var exitCode = await RunAsync(
            arguments, new Dictionary<string, string?>(), input, output, lines, cancellationToken);
        return exitCode == 0
            ? lines
            : throw Failed($"{BinaryName} {arguments[0]} ended with exit code {exitCode}", null, lines);
    }

    private async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?> variables,
        PipeSource input,
        PipeTarget output,
        List<string> errors,
        CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string?>(environment);
        foreach (var (name, value) in variables)
            all[name] = value;
        if (input is HeldOpenInput)
            all[AttachedInput.Variable] = "true";
        // The signal to stop makes the provisioner report its progress; if it does not end in time, it is killed.
        using var kill = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => kill.CancelAfter(StopTimeout));
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(arguments)
                .WithEnvironmentVariables(all)
                .WithValidation(CommandResultValidation.None)
                .WithStandardInputPipe(input)
                .WithStandardOutputPipe(output)
                .WithStandardErrorPipe(PipeTarget.ToDelegate(errors.Add))
                .ExecuteAsync(kill.Token, cancellationToken);
            if (result.ExitCode != 0)
                cancellationToken.ThrowIfCancellationRequested();
            return result.ExitCode;
        }
        catch (Win32Exception e)
        {
            throw Failed(
                $"{program} cannot be started: {e.Message}", "ESB_BIN_DIR names the folder of ESB's binaries", []);
        }
    }

    private static CommandFailure Failed(string message, string? help, IReadOnlyList<string> details)
    {
        var failure = CommandFailure.Environment(message, help);
        return failure.WithDetails(details);
    }
}
