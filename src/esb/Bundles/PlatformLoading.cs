using Esb.Cli.Bundles.Format;
using Esb.Cli.Bundles.Images;
using Esb.Cli.Containers;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Bundles;

/// <summary><c>esb bundle load</c>: loads the images of a platform for use without a network.</summary>
internal sealed class PlatformLoading(BundleFile bundle, StateFolder state, Screen screen, TimeProvider time)
{
    /// <exception cref="CommandFailure">The bundle is for another machine, or its content cannot be loaded.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        BundleSources.RequireArchitecture(bundle);
        var started = time.GetTimestamp();
        var loaded = bundle.Manifest.Mode == PlatformMode.Process
            ? []
            : await LoadImagesAsync(cancellationToken);
        foreach (var line in loaded)
            screen.Line(line.ToString());
        var up = bundle.Manifest.Mode == PlatformMode.Process
            ? "esb up"
            : $"docker compose -f {bundle.Manifest.Mode.ComposeFile} up -d";
        screen.Line(bundle.Manifest.Mode == PlatformMode.Process
            ? "A platform of process mode needs nothing from a bundle. "
                + $"Next: {up}, then esb deploy --from {bundle.Path}"
            : loaded.Count == 0
            ? $"{bundle.Path} was made with --without-platform: there is nothing to load."
            : $"Loaded in {DurationText.Waited(time.GetElapsedTime(started))}. Next: {up}, "
                + $"then esb deploy --from {bundle.Path}");
        return ExitCode.Done;
    }

    private async Task<List<SummaryLine>> LoadImagesAsync(CancellationToken cancellationToken)
    {
        using var progress = new BuildProgress(screen, new SummaryBlock(screen), time);
        await new ImageLoading(bundle, state, new DockerEngine())
            .LoadAsync(_ => true, new ByteProgress(progress.For("images").Line, "loading"), cancellationToken);
        return [.. bundle.Manifest.Images.Select(i => new SummaryLine("image", i))];
    }
}
