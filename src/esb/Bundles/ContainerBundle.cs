using System.Diagnostics;
using Esb.Cli.Bundles.Images;
using Esb.Cli.Containers;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Sam.Generating;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Bundles;

/// <summary>
/// A bundle of images, which the engine loads. In a mode whose workers pull from a registry, the images are then pushed
/// to this machine's registry.
/// </summary>
internal sealed class ContainerBundle(BundleFile bundle, DeployRequest request, StateFolder state, ContainerMode mode)
    : IDeploySource
{
    private readonly DockerEngine _engine = new();

    private IncomingConfiguration? _documents;

    public DeployTarget Target => mode.Target;

    public int ErrorExitCode => ExitCode.Failure;

    public DeployOutline? Read(DiagnosticBag diagnostics)
    {
        _documents = BundleDocuments.Read(bundle, request.Reading.Strict, diagnostics);
        return _documents is null ? null : new DeployOutline(_documents, new TemplateNotes([]));
    }

    public async Task<BuiltConfiguration?> BuildAsync(
        BuildProgress progress, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var functions = FunctionPlaces.Of(_documents!.Functions)
            .Select(f => (f.Name, Image: FunctionPlaces.ImageOf(f.Function)!)).ToList();
        List<BuiltFunction> built = [];
        if (!request.DryRun)
        {
            await mode.RequireRegistryAsync(cancellationToken);
            var images = functions.Select(f => new ImageToBuild(
                f.Name, Here(f.Image), new ExistingSource(f.Image), new Origin(f.Name, default, diagnostics))).ToList();
            await LoadAsync(
                functions.Select(f => f.Image).ToHashSet(StringComparer.Ordinal), progress, cancellationToken);
            var ready = await mode.EnsureAsync(images, progress, cancellationToken);
            built =
            [
                .. ready.OfType<ReadyImage>().Select(r => new BuiltFunction(
                    r.Function, new FunctionArtifact(null, r.Reference, "", []), r.Reused, r.Took)),
            ];
        }

        return diagnostics.HasErrors
            ? null
            : new BuiltConfiguration(
                _documents with { Functions = FunctionPlaces.Replace(_documents.Functions, folder => folder, Here) },
                built);
    }

    // Images of the platform are loaded only if they are missing, since a deploy does not replace what is running.
    private async Task LoadAsync(HashSet<string> functions, BuildProgress progress, CancellationToken cancellationToken)
    {
        var there = await LocalImages.ListAsync(_engine, cancellationToken);
        var line = progress.For("images");
        var watch = Stopwatch.StartNew();
        var loaded = await new ImageLoading(bundle, state, _engine).LoadAsync(
            image => functions.Contains(image.Name)
                ? there.GetValueOrDefault(image.Name) != image.Id
                : !there.ContainsKey(image.Name),
            new ByteProgress(line.Line, "loading"),
            cancellationToken);
        if (loaded > 0)
            line.End(watch.Elapsed);
        // The name in the registry is recorded too, so that a prune removes both.
        foreach (var loadedImage in KnownConfigurations.Images(state).Intersect(functions))
            KnownConfigurations.AddImage(state, Here(loadedImage));
    }

    private string Here(string image) => mode.Registry is { } registry ? $"{registry}/{image}" : image;
}
