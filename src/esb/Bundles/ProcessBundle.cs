using Esb.Cli.Bundles.Format;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Sam.Generating;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Bundles;

/// <summary>A bundle for process mode. Its folders of code are unpacked to where a deploy stages code.</summary>
internal sealed class ProcessBundle(
    BundleFile bundle, DeployRequest request, PlatformSettings settings, TimeProvider time) : IDeploySource
{
    private IncomingConfiguration? _documents;

    public DeployTarget Target { get; } = DeployTarget.Of(settings);

    public int ErrorExitCode => ExitCode.Failure;

    public DeployOutline? Read(DiagnosticBag diagnostics)
    {
        _documents = BundleDocuments.Read(bundle, request.Reading.Strict, diagnostics);
        return _documents is null ? null : new DeployOutline(_documents, new TemplateNotes([]));
    }

    public Task<BuiltConfiguration?> BuildAsync(
        BuildProgress progress, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var placed = Place(progress, cancellationToken);
        var took = time.GetElapsedTime(started);
        var functions = FunctionPlaces.Replace(_documents!.Functions, folder => placed[folder].Path, image => image);
        List<BuiltFunction> built = [.. FunctionPlaces.Of(_documents.Functions)
            .Select(f => Built(f.Name, placed[FunctionPlaces.CodeOf(f.Function)!], took))];
        return Task.FromResult<BuiltConfiguration?>(
            new BuiltConfiguration(_documents with { Functions = functions }, built));
    }

    private IReadOnlyDictionary<string, PlacedFolder> Place(BuildProgress progress, CancellationToken cancellationToken)
    {
        var unpacking = new CodeUnpacking(
            bundle, settings.State, request.Environment, EntryPath.Code, EntryPath.Layers);
        if (request.DryRun)
            return unpacking.Preview(cancellationToken);
        settings.State.Create();
        return unpacking.Place(new ByteProgress(progress.For("code").Line, "unpacking"), cancellationToken);
    }

    private static BuiltFunction Built(string name, PlacedFolder code, TimeSpan took) =>
        new(name, new FunctionArtifact(code.Path, null, "", []), code.Reused, took);
}
