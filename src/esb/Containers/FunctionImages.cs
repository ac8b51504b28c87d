using System.Diagnostics;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>Has an image, by its reference, fetched to where workers start. The answer is why it cannot be, or null.</summary>
internal delegate Task<string?> Fetch(string reference, Action<string> onLine, CancellationToken cancellationToken);

/// <summary>Makes images be there: what is there already is left, the rest is built, several at a time, and pushed where workers pull.</summary>
/// <param name="engine">Builds.</param>
/// <param name="registry">Where to push; null: workers run from this engine's own images.</param>
/// <param name="fetch">Has workers' engine fetch what was pushed, of which it says lines, and answers why it cannot, or null.</param>
/// <param name="build">How.</param>
internal sealed class FunctionImages(DockerEngine engine, ImageRegistry? registry, Fetch? fetch, BuildKit build)
{
    // BuildKit shares what builds have in common; more at once than processors would only share those too.
    private static readonly int AtOnce = Math.Max(2, Environment.ProcessorCount);

    /// <returns>By their place in the list; null where it did not work, and the origin has been told.</returns>
    public async Task<IReadOnlyList<ReadyImage?>> EnsureAsync(IReadOnlyList<ImageToBuild> images, BuildProgress progress, CancellationToken cancellationToken)
    {
        var local = await LocalImages.ListAsync(engine, cancellationToken);
        var ready = new ReadyImage?[images.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, images.Count, options, async (i, token) =>
        {
            var watch = Stopwatch.StartNew();
            var line = progress.For(images[i].Function);
            var reused = await EnsureAsync(images[i], local.ContainsKey(images[i].Reference), line.Line, token);
            line.End(reused is null ? null : watch.Elapsed);
            ready[i] = reused is { } was ? new ReadyImage(images[i].Function, images[i].Reference, was, watch.Elapsed) : null;
        });
        return ready;
    }

    // Null: it did not work. True: nothing had to be done.
    private async Task<bool?> EnsureAsync(ImageToBuild image, bool isLocal, Action<string> onLine, CancellationToken cancellationToken)
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
        image.Origin.Error(DiagnosticCodes.Environment, $"the platform cannot fetch its image: {reason}", "see that the agent reaches the registry; REGISTRY_URL says where it looks for it");
        return null;
    }

    private static async Task<bool> PushAsync(ImageRegistry registry, ImageToBuild image, Action<string> onLine, CancellationToken cancellationToken)
    {
        onLine("pushing");
        if (await registry.PushAsync(image.Reference, cancellationToken) is not { } reason)
            return true;
        image.Origin.Error(DiagnosticCodes.Environment, $"its image could not be pushed: {reason}", "see that the registry runs and has room; CONTAINER_REGISTRY says where it is");
        return false;
    }

    private async Task<bool> MakeAsync(ImageToBuild image, Action<string> onLine, CancellationToken cancellationToken)
    {
        if (image.Source is not ExistingSource existing)
            return await build.RunAsync(image, onLine, cancellationToken);
        var tagged = await engine.RunAsync(["tag", existing.Reference, image.Reference], cancellationToken);
        if (!tagged.Succeeded)
            image.Origin.Error(DiagnosticCodes.Environment, $"the image {existing.Reference} cannot be named {image.Reference}: {tagged.Reason}", "check the image with docker image inspect");
        return tagged.Succeeded;
    }
}
