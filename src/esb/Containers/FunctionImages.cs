using System.Diagnostics;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>Pulls an image into the engine that starts workers. Returns why it cannot be pulled, or null.</summary>
internal delegate Task<string?> Fetch(string reference, Action<string> onLine, CancellationToken cancellationToken);

/// <summary>
/// Provides the images of functions: reuses existing ones, builds the others in parallel, and pushes them to the
/// registry that workers pull from.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="registry">The registry to push to; null when workers use the engine's own images.</param>
/// <param name="fetch">Pulls a pushed image into the workers' engine; null when that is not needed.</param>
/// <param name="build">Builds images.</param>
internal sealed class FunctionImages(DockerEngine engine, ImageRegistry? registry, Fetch? fetch, BuildKit build)
{
    // BuildKit shares the common work of builds; more builds than processors would not be faster.
    private static readonly int MaxParallel = Math.Max(2, Environment.ProcessorCount);

    /// <returns>The images in order; null for one that failed, which is reported to its origin.</returns>
    public async Task<IReadOnlyList<ReadyImage?>> EnsureAsync(
        IReadOnlyList<ImageToBuild> images, BuildProgress progress, CancellationToken cancellationToken)
    {
        var local = await LocalImages.ListAsync(engine, cancellationToken);
        var ready = new ReadyImage?[images.Count];
        var options =
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, images.Count, options, async (i, token) =>
        {
            var watch = Stopwatch.StartNew();
            var line = progress.For(images[i].Function);
            var reused = await EnsureAsync(images[i], local.ContainsKey(images[i].Reference), line.Line, token);
            line.End(reused is null ? null : watch.Elapsed);
            ready[i] =
                reused is { } was ? new ReadyImage(images[i].Function, images[i].Reference, was, watch.Elapsed) : null;
        });
        return ready;
    }

    // True when the image already existed, false when it was made or pushed, null when that failed.
    private async Task<bool?> EnsureAsync(
        ImageToBuild image, bool isLocal, Action<string> onLine, CancellationToken cancellationToken)
    {
        if (registry is null)
            return isLocal || await MakeAsync(image, onLine, cancellationToken) ? isLocal : null;
        var isThere = await registry.HasAsync(image.Reference, cancellationToken);
        if (!isThere && !isLocal && !await MakeAsync(image, onLine, cancellationToken))
            return null;
        if (!isThere && !await PushAsync(registry, image, onLine, cancellationToken))
            return null;
        if (fetch is null || await fetch(image.Reference, onLine, cancellationToken) is not { } reason)
            return isThere;
        image.Origin.Error(
            DiagnosticCodes.Environment,
            $"the platform cannot fetch its image: {reason}",
            "check that the agent can reach the registry at REGISTRY_URL");
        return null;
    }

    private static async Task<bool> PushAsync(
        ImageRegistry registry, ImageToBuild image, Action<string> onLine, CancellationToken cancellationToken)
    {
        onLine("pushing");
        if (await registry.PushAsync(image.Reference, cancellationToken) is not { } reason)
            return true;
        image.Origin.Error(
            DiagnosticCodes.Environment,
            $"its image could not be pushed: {reason}",
            "check that the registry at CONTAINER_REGISTRY is running and has room");
        return false;
    }

    private async Task<bool> MakeAsync(ImageToBuild image, Action<string> onLine, CancellationToken cancellationToken)
    {
        if (image.Source is not ExistingSource existing)
            return await build.RunAsync(image, onLine, cancellationToken);
        var tagged = await engine.RunAsync(["tag", existing.Reference, image.Reference], cancellationToken);
        if (!tagged.Succeeded)
            image.Origin.Error(
                DiagnosticCodes.Environment,
                $"the image {existing.Reference} cannot be named {image.Reference}: {tagged.Reason}",
                "check the image with docker image inspect");
        return tagged.Succeeded;
    }
}
