using System.Collections.Concurrent;
using CliWrap;
using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>
/// <c>esb-lambda-base</c>: this machine's copy of a runtime's base image, created once and kept (decision 30). With
/// this copy, a deploy needs no registry, and a function's image changes with its code, not with the date of the build.
/// </summary>
internal sealed class LambdaBase(DockerEngine engine, LambdaBaseImages images, bool refresh)
{
    private const string Resource = "lambda-base/Dockerfile";

    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _known = new(StringComparer.Ordinal);

    /// <returns>The id of the image; null when it could not be built, which is reported to the origin.</returns>
    public Task<string?> RequireAsync(string runtime, Origin origin, CancellationToken cancellationToken) =>
        _known.GetOrAdd(
            runtime, _ => new Lazy<Task<string?>>(() => MakeAsync(runtime, origin, cancellationToken))).Value;

    /// <returns>The id of the existing image; null if there is none.</returns>
    public async Task<string?> FindAsync(string runtime, CancellationToken cancellationToken)
    {
        var found = await engine.RunAsync(
            ["image", "inspect", "--format", "{{.Id}}", LambdaBaseImages.Local(runtime)], cancellationToken);
        return found.Succeeded ? found.First : null;
    }

    private async Task<string?> MakeAsync(string runtime, Origin origin, CancellationToken cancellationToken)
    {
        if (images.Of(runtime) is not { } source)
        {
            origin.Error(
                DiagnosticCodes.NotSupported,
                $"runtime '{runtime}' has no base image",
                "container modes support python, nodejs, java, dotnet, ruby and provided; "
                    + "for anything else, build an image (PackageType: Image)");
            return null;
        }

        if (!refresh && await FindAsync(runtime, cancellationToken) is { } existing)
            return existing;
        string[] pull = refresh ? ["--pull"] : [];
        string[] arguments =
        [
            "buildx", "build", "--load", "--progress", "plain", "--tag", LambdaBaseImages.Local(runtime),
            "--build-arg", $"BASE_IMAGE={source}", "--build-arg", $"RUNTIME={runtime}", .. pull, "-",
        ];
        var call = new DockerCall(arguments) { Input = PipeSource.FromBytes(Dockerfile()) };
        var built = await engine.RunAsync(call, cancellationToken);
        if (built.Succeeded)
            return await FindAsync(runtime, cancellationToken);
        origin.Error(
            DiagnosticCodes.Environment,
            $"the base image {source} of {runtime} cannot be pulled: {BuildOutput.Reason(built.Errors)}",
            "check the connection to its registry, or name a mirror with LAMBDA_BASE_REGISTRY");
        return null;
    }

    private static byte[] Dockerfile()
    {
        using var stream = typeof(LambdaBase).Assembly.GetManifestResourceStream(Resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
