using Esb.Cli.Staging;
using Esb.Cli.Staging.Runtimes;
using Esb.Sam;
using Esb.Sam.Functions;
using Esb.Sam.Generating;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Templates;

/// <summary>One template, and where its paths start.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Model">What it says.</param>
internal sealed record ReadTemplate(string File, SamTemplate Model)
{
    /// <summary>What has to be staged before the functions can run.</summary>
    /// <param name="diagnostics">Hears of functions that process mode cannot run.</param>
    public IReadOnlyList<FunctionToStage> Functions(DiagnosticBag diagnostics)
    {
        foreach (var image in Model.Functions.Where(f => f.IsImage))
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

        return [.. Model.Functions.Where(f => !f.IsImage).Select(ToStage)];
    }

    public IReadOnlyList<LayerToStage> Layers() =>
        [.. Model.Layers.Select(l => new LayerToStage(l.Name, l.LogicalId, Resolved(l.ContentPath), l.Place))];

    /// <param name="staged">In the order of the functions; null when nothing was built.</param>
    public GeneratedFiles Generate(IReadOnlyList<StagedFunction>? staged) =>
        FilesGenerator.Generate(Model, staged?.Zip(Model.Functions, Artifact).ToDictionary(StringComparer.Ordinal));

    private static KeyValuePair<string, FunctionArtifact> Artifact(StagedFunction staged, SamFunction function)
    {
        var revision = Revision.Of(function, staged.Code.Key, [.. staged.Layers.Select(l => l.Key)]);
        return new(function.Name, new FunctionArtifact(staged.Code.Folder, null, revision, [.. staged.Layers.Select(l => l.Folder)]));
    }

    private FunctionToStage ToStage(SamFunction function) => new(
        function.Name,
        function.LogicalId,
        new LambdaRuntime(function.Runtime ?? ""),
        function.Handler,
        new CodeToStage(function.CodePath is { } path ? Resolved(path) : null, function.InlineCode, function.CodePlace),
        function.Layers)
    {
        HandlerPlace = function.HandlerPlace,
        RuntimePlace = function.Place,
    };

    private string Resolved(string path) => path.Contains("://", StringComparison.Ordinal) ? path : Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(File))!);
}
