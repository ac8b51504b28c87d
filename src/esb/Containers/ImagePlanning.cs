using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Containers;

/// <summary>How images are named.</summary>
/// <param name="Registry">The registry; null when images stay in the engine.</param>
/// <param name="Environment">The environment, a part of the tags.</param>
internal sealed record ImageNaming(string? Registry, string Environment)
{
    private const int KeyLength = 16;

    // A part of every key: a version of ESB that builds differently must not reuse older images.
    private const string Format = "1";

    public string Of(string function, params ReadOnlySpan<string> content) =>
        ImageReference.Of(Registry, function, Environment, ContentHash.Of([Format, .. content])[..KeyLength]);
}

/// <summary>
/// Plans the image of a function: stages its code, finds its base image, and derives the image's name from both.
/// </summary>
/// <param name="code">Stages code. Only Java is built there; other runtimes install dependencies in the image.</param>
/// <param name="bases">The base images of runtimes; null for a preview that asks no engine.</param>
/// <param name="naming">How images are named.</param>
/// <param name="progress">Shows builds.</param>
/// <param name="preview">Whether to only compute the name of the image.</param>
internal sealed class ImagePlanning(
    CodeStaging code, LambdaBase? bases, ImageNaming naming, BuildProgress progress, bool preview)
{
    /// <param name="function">The function of the template.</param>
    /// <param name="layers">The function's layers, lowest first.</param>
    /// <param name="diagnostics">Receives errors.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null when there is an error, which has been reported.</returns>
    public async Task<ImageToBuild?> FromCodeAsync(
        FunctionToStage function,
        IReadOnlyList<StagedCode> layers,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var origin = new Origin(function.Subject, function.Code.Place, diagnostics) { Project = function.Project };
        if (FunctionStaging.Source(function, origin) is not { } source
            || !CodeFolderCheck.Passes(function.Runtime, source, origin))
            return null;
        var at = origin with { Place = function.RuntimePlace };
        var baseId = bases is null ? ""
            : preview ? await bases.FindAsync(function.Runtime.Name, cancellationToken) ?? ""
            : await bases.RequireAsync(function.Runtime.Name, at, cancellationToken);
        if (baseId is null || await StageAsync(function, source, origin, cancellationToken) is not { } staged)
            return null;
        if (function.Runtime.Family != RuntimeFamily.Other
            && !HandlerCheck.Passes(
                function.Runtime,
                function.Handler,
                staged.Look,
                [.. layers.Select(l => l.Look)],
                origin with { Place = function.HandlerPlace }))
            return null;
        var reference = naming.Of(
            function.Name,
            [baseId, function.Runtime.Name, function.Handler ?? "", staged.Key, .. layers.Select(l => l.Key)]);
        if (preview)
            return new ImageToBuild(function.Name, reference, new ExistingSource(reference), origin);
        return Generated(function, staged, layers, origin, cancellationToken) is { } generated
            ? new ImageToBuild(function.Name, reference, generated, origin)
            : null;
    }

    /// <param name="name">The function's name.</param>
    /// <param name="source">Its Dockerfile.</param>
    /// <param name="origin">Receives errors.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null when there is an error, which has been reported.</returns>
    public async Task<ImageToBuild?> FromDockerfileAsync(
        string name, DockerfileSource source, Origin origin, CancellationToken cancellationToken)
    {
        if (CodeSource.At(source.Folder, origin) is not { } folder
            || await code.StageAsync(name, folder, null, origin, null, cancellationToken) is not { } staged)
            return null;
        if (staged.Look is { } look && !look.Has(source.Dockerfile))
        {
            origin.Error(
                DiagnosticCodes.FileAccess,
                $"there is no '{source.Dockerfile}' in '{source.Folder}'",
                "Metadata: Dockerfile is relative to DockerContext");
            return null;
        }

        List<string> content =
        [
            staged.Key, source.Dockerfile, source.Target ?? "",
            .. source.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal).SelectMany(a => new[] { a.Key, a.Value }),
        ];
        return new ImageToBuild(name, naming.Of(name, [.. content]), source with { Folder = staged.Folder }, origin);
    }

    /// <param name="name">The function's name.</param>
    /// <param name="reference">The image that the template names.</param>
    /// <param name="id">The current id of the image; null when it is not known.</param>
    /// <param name="origin">Receives errors.</param>
    public ImageToBuild FromImage(string name, string reference, string? id, Origin origin) =>
        new(name, naming.Of(name, id ?? reference), new ExistingSource(reference), origin);

    private async Task<StagedCode?> StageAsync(
        FunctionToStage function, CodeSource source, Origin origin, CancellationToken cancellationToken)
    {
        if (!function.Runtime.IsJava)
            return await code.StageAsync(function.Name, source, null, origin, null, cancellationToken);
        var building = progress.For($"code of {function.Name}");
        var staged = await code.StageAsync(
            function.Name, source, function.Runtime, origin, building.Line, cancellationToken);
        building.End(staged?.Took);
        return staged;
    }

    private static GeneratedSource? Generated(
        FunctionToStage function,
        StagedCode staged,
        IReadOnlyList<StagedCode> layers,
        Origin origin,
        CancellationToken cancellationToken)
    {
        if (CodeTreeReader.Read(staged.Folder, origin, cancellationToken) is not { } tree)
            return null;
        var known = origin.Diagnostics.HasErrors;
        var dependencies = Dependencies.Of(tree, function.Runtime, origin);
        if (!known && origin.Diagnostics.HasErrors)
            return null;
        List<(string, string)> folders =
        [
            (FunctionDockerfile.CodeFolder, staged.Folder),
            .. layers.Select((l, i) => (FunctionDockerfile.LayerFolder(i), l.Folder)),
        ];
        List<(string, string)> files = [.. (dependencies?.Files ?? [])
            .Select(f => ($"{FunctionDockerfile.DependencyFolder}/{f}", Path.Combine(staged.Folder, f)))];
        // AWS's entry point starts /var/runtime/bootstrap; the link keeps the program in its own folder.
        var bootstrap = tree.Has("bootstrap") ? "/var/task/bootstrap" : "/opt/bootstrap";
        List<(string, string)> links = function.Runtime.Family == RuntimeFamily.Provided
            ? [($"{FunctionDockerfile.RuntimeFolder}/bootstrap", bootstrap)]
            : [];
        var dockerfile = FunctionDockerfile.Text(
            LambdaBaseImages.Local(function.Runtime.Name),
            function.Runtime,
            function.Handler,
            layers.Count,
            dependencies);
        return new GeneratedSource(dockerfile, new BuildContext(folders, files, links));
    }
}
