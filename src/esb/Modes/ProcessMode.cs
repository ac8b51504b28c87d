using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Sam;
using Esb.Sam.Functions;
using Esb.Sam.Generating;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Modes;

/// <summary>Runs functions as local processes from staged folders.</summary>
internal sealed class ProcessMode(DeployRequest request, PlatformSettings settings, TimeProvider time) : IDeployMode
{
    public DeployTarget Target { get; } = DeployTarget.Of(settings);

    public async Task<IReadOnlyList<IReadOnlyList<BuiltFunction>>> BuildAsync(
        IReadOnlyList<ReadTemplate> templates,
        BuildProgress progress,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var staging = Staging(progress);
        List<IReadOnlyList<BuiltFunction>> built = [];
        foreach (var template in templates)
        {
            RefuseImages(template.Model, diagnostics);
            var functions = template.Model.Functions.Where(f => !f.IsImage).ToList();
            var staged = await staging.StageAsync(
                [.. functions.Select(f => TemplateCode.Function(template, f))],
                TemplateCode.Layers(template),
                diagnostics,
                cancellationToken);
            built.Add([.. staged.Join(functions, s => s.Name, f => f.Name, Built)]);
        }

        return built;
    }

    private FunctionStaging Staging(BuildProgress progress)
    {
        var mode = request.DryRun ? StagingMode.Preview : request.BuildAgain ? StagingMode.Again : StagingMode.Reuse;
        if (!request.DryRun)
            settings.State.Create();
        var cache = new HashCache(Path.Combine(settings.State.Path, "cache"), time) { IsReadOnly = request.DryRun };
        var code = new CodeStaging(
            new StagedFolders(Path.Combine(settings.State.Code, request.Environment)), cache, mode);
        var layers = new CodeStaging(new StagedFolders(settings.State.Layers), cache, mode);
        return new FunctionStaging(code, layers, progress);
    }

    private static void RefuseImages(SamTemplate template, DiagnosticBag diagnostics)
    {
        foreach (var image in template.Functions.Where(f => f.IsImage))
        {
            diagnostics.Add(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.NotSupported,
                $"{image.LogicalId}: process mode runs no images",
                image.Place.File,
                image.Place.Line,
                image.Place.Column,
                "give it PackageType Zip with CodeUri, Handler and Runtime"));
        }
    }

    private static BuiltFunction Built(StagedFunction staged, SamFunction function)
    {
        var revision = Revision.Of(function, staged.Code.Key, [.. staged.Layers.Select(l => l.Key)]);
        var artifact = new FunctionArtifact(
            staged.Code.Folder, null, revision, [.. staged.Layers.Select(l => l.Folder)]);
        return new BuiltFunction(function.Name, artifact, staged.Code.Reused, staged.Code.Took);
    }
}
