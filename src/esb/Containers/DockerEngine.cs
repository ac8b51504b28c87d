using System.ComponentModel;
using CliWrap;

namespace Esb.Cli.Containers;

/// <summary>A docker command.</summary>
/// <param name="Arguments">What is typed after <c>docker</c>.</param>
internal sealed record DockerCall(IReadOnlyList<string> Arguments)
{
    public PipeSource Input { get; init; } = PipeSource.Null;

    /// <summary>Takes standard output as it is; null: the result has its lines.</summary>
    public PipeTarget? Output { get; init; }

    /// <summary>Takes each line of standard error, where docker tells how far it is.</summary>
    public Action<string>? OnError { get; init; }

    /// <summary>Beside what this process has.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}

/// <summary>How a docker command ended.</summary>
/// <param name="ExitCode">Zero when it did what it was asked.</param>
/// <param name="Output">Lines of standard output.</param>
/// <param name="Errors">Lines of standard error.</param>
internal sealed record DockerResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The first line of standard output; null when there is none.</summary>
    public string? First => Output.Count > 0 ? Output[0] : null;

    /// <summary>The last line that says what went wrong.</summary>
    public string Reason => Errors.LastOrDefault(l => l.Length > 0) ?? $"exit code {ExitCode}";
}

/// <summary>The <c>docker</c> command of this machine: what it builds, tags and pushes with is what its user has set up.</summary>
internal sealed class DockerEngine(string program = DockerEngine.Usual)
{
    private const string Usual = "docker";

    /// <summary>The engine's architecture in Go's words, e.g. <c>amd64</c>.</summary>
    /// <exception cref="CommandFailure">No docker command, no engine, or no permission to speak to it.</exception>
    public async Task<string> RequireAsync(CancellationToken cancellationToken)
    {
        var version = await RunAsync(["version", "--format", "{{.Server.Arch}}"], cancellationToken);
        if (!version.Succeeded)
            throw Unreachable(version);
        var buildx = await RunAsync(["buildx", "version"], cancellationToken);
        return buildx.Succeeded
            ? version.First ?? ""
            : throw CommandFailure.Environment("docker has no buildx, which builds the images of functions", "install the package docker-buildx-plugin (docker-buildx on Debian)");
    }

    /// <summary>Runs to its end and takes what it says.</summary>
    /// <exception cref="CommandFailure">There is no docker command.</exception>
    public Task<DockerResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(new DockerCall(arguments), cancellationToken);

    /// <exception cref="CommandFailure">There is no docker command.</exception>
    public async Task<DockerResult> RunAsync(DockerCall call, CancellationToken cancellationToken)
    {
        List<string> output = [];
        List<string> errors = [];
        try
        {
            var result = await CliWrap.Cli.Wrap(program)
                .WithArguments(call.Arguments)
                .WithEnvironmentVariables(call.Environment)
                .WithStandardInputPipe(call.Input)
                .WithStandardOutputPipe(call.Output ?? PipeTarget.ToDelegate(output.Add))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(line =>
                {
                    errors.Add(line);
                    call.OnError?.Invoke(line);
                }))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(cancellationToken);
            return new DockerResult(result.ExitCode, output, errors);
        }
        catch (Win32Exception)
        {
            throw CommandFailure.Environment("docker is not on the PATH, and this mode builds images with it", "install Docker Engine, or deploy with --mode process");
        }
    }

    /// <summary>What is said when the engine does not answer a question.</summary>
    public static CommandFailure Unreachable(DockerResult version)
    {
        var reason = version.Reason;
        return reason.Contains("permission denied", StringComparison.OrdinalIgnoreCase)
            ? CommandFailure.Environment($"the Docker Engine does not let this user in, nothing was changed: {reason}", "add the user to the group that owns its socket (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST")
            : CommandFailure.Environment($"the Docker Engine does not answer, nothing was changed: {reason}", "start it (sudo systemctl start docker), or set DOCKER_HOST; process mode needs none");
    }
}
