using System.ComponentModel;
using CliWrap;

namespace Esb.Cli.Containers;

/// <summary>A docker command.</summary>
/// <param name="Arguments">The arguments of <c>docker</c>.</param>
internal sealed record DockerCall(IReadOnlyList<string> Arguments)
{
    public PipeSource Input { get; init; } = PipeSource.Null;

    /// <summary>Receives standard output; null to collect its lines in the result.</summary>
    public PipeTarget? Output { get; init; }

    /// <summary>Receives each line of standard error, where docker reports its progress.</summary>
    public Action<string>? OnError { get; init; }

    /// <summary>Variables in addition to those of this process.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}

/// <summary>The result of a docker command.</summary>
/// <param name="ExitCode">Zero on success.</param>
/// <param name="Output">The lines of standard output.</param>
/// <param name="Errors">The lines of standard error.</param>
internal sealed record DockerResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The first line of standard output; null if there is none.</summary>
    public string? First => Output.Count > 0 ? Output[0] : null;

    /// <summary>The last line of standard error, which has the reason.</summary>
    public string Reason => Errors.LastOrDefault(l => l.Length > 0) ?? $"exit code {ExitCode}";
}

/// <summary>Runs this machine's <c>docker</c> command, with the builder, context and credentials of its user.</summary>
internal sealed class DockerEngine(string program = DockerEngine.DefaultProgram)
{
    private const string DefaultProgram = "docker";

    /// <summary>The engine's architecture by Go's names, such as <c>amd64</c>.</summary>
    /// <exception cref="CommandFailure">There is no docker command, no engine, or no permission to use it.</exception>
    public async Task<string> RequireAsync(CancellationToken cancellationToken)
    {
        var version = await RunAsync(["version", "--format", "{{.Server.Arch}}"], cancellationToken);
        if (!version.Succeeded)
            throw Unreachable(version);
        var buildx = await RunAsync(["buildx", "version"], cancellationToken);
        return buildx.Succeeded
            ? version.First ?? ""
            : throw CommandFailure.Environment(
                "docker has no buildx, which builds the images of functions",
                "install the package docker-buildx-plugin (docker-buildx on Debian)");
    }

    /// <summary>Runs a command and collects its output.</summary>
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
            throw CommandFailure.Environment(
                "docker is not on the PATH, and this mode builds images with it",
                "install Docker Engine, or deploy with --mode process");
        }
    }

    /// <summary>The error for an engine that does not answer.</summary>
    public static CommandFailure Unreachable(DockerResult version)
    {
        var reason = version.Reason;
        return reason.Contains("permission denied", StringComparison.OrdinalIgnoreCase)
            ? CommandFailure.Environment(
                $"the Docker Engine refuses this user: {reason}; nothing was changed",
                "add the user to the group that owns its socket (sudo usermod -aG docker $USER, then log in again), "
                    + "or set DOCKER_HOST")
            : CommandFailure.Environment(
                $"the Docker Engine does not answer: {reason}; nothing was changed",
                "start it (sudo systemctl start docker), or set DOCKER_HOST; process mode needs none");
    }
}
