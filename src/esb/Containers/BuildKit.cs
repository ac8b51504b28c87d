using CliWrap;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>The options that all builds have in common.</summary>
/// <param name="Network">The network of RUN steps; null for the engine's default one.</param>
/// <param name="NoCache">Whether to ignore layers of earlier builds.</param>
/// <param name="Owner">The owner, see <see cref="ImageOwner"/>.</param>
internal sealed record BuildOptions(string? Network, bool NoCache, string Owner);

/// <summary>Builds one image with BuildKit.</summary>
internal sealed class BuildKit(DockerEngine engine, BuildOptions options)
{
    /// <summary>The label of the images of functions; its value is the function's name.</summary>
    public const string FunctionLabel = "esb.function";

    /// <returns>Whether it succeeded; a failure is reported to the origin.</returns>
    public async Task<bool> RunAsync(ImageToBuild image, Action<string> onLine, CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            "buildx", "build", "--load", "--provenance=false", "--progress", "plain", "--tag", image.Reference,
            "--label", $"{FunctionLabel}={image.Function}", "--label", $"{ImageOwner.Label}={options.Owner}",
        ];
        if (options.Network is { } network)
            arguments.AddRange(["--network", network]);
        if (options.NoCache)
            arguments.Add("--no-cache");
        var result = image.Source switch
        {
            GeneratedSource generated =>
                await BuildGeneratedAsync(arguments, generated, StepsTo(onLine), cancellationToken),
            DockerfileSource dockerfile =>
                await BuildDockerfileAsync(arguments, dockerfile, StepsTo(onLine), cancellationToken),
            _ => throw new ArgumentException($"{image.Source.GetType().Name} is not built", nameof(image)),
        };
        if (!result.Succeeded)
            ReportFailure(image, result);
        return result.Succeeded;
    }

    private static Action<string> StepsTo(Action<string> onLine) => line =>
    {
        if (BuildOutput.Step(line) is { } step)
            onLine(step);
    };

    private Task<DockerResult> BuildGeneratedAsync(
        List<string> arguments, GeneratedSource source, Action<string> onLine, CancellationToken cancellationToken)
    {
        foreach (var name in FunctionDockerfile.PassedArguments.Where(
            n => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(n))))
            arguments.AddRange(["--build-arg", name]);
        arguments.Add("-");
        var context = PipeSource.Create((stream, token) => source.Context.WriteAsync(source.Dockerfile, stream, token));
        return engine.RunAsync(new DockerCall(arguments) { Input = context, OnError = onLine }, cancellationToken);
    }

    private Task<DockerResult> BuildDockerfileAsync(
        List<string> arguments, DockerfileSource source, Action<string> onLine, CancellationToken cancellationToken)
    {
        arguments.AddRange(["--file", Path.Combine(source.Folder, source.Dockerfile)]);
        if (source.Target is { } target)
            arguments.AddRange(["--target", target]);
        foreach (var (name, value) in source.Arguments)
            arguments.AddRange(["--build-arg", $"{name}={value}"]);
        arguments.Add(source.Folder);
        return engine.RunAsync(new DockerCall(arguments) { OnError = onLine }, cancellationToken);
    }

    private static void ReportFailure(ImageToBuild image, DockerResult result)
    {
        List<string> all = [.. result.Output, .. result.Errors];
        var full = all.Any(l => l.Contains("no space left on device", StringComparison.OrdinalIgnoreCase));
        var failed = "what failed:\n  " + string.Join("\n  ", BuildOutput.Failure(all));
        image.Origin.Error(
            DiagnosticCodes.Environment,
            full
                ? "its image could not be built: the engine's disk is full"
                : $"its image could not be built: {BuildOutput.Reason(all)}",
            full ? $"make room with docker system prune; {failed}" : failed);
    }
}
