using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;

namespace Esb.Cli.Staging;

/// <summary>
/// Stages layers, then functions, several at a time, and collects all errors in the order of the template.
/// </summary>
/// <param name="code">Stages the functions.</param>
/// <param name="layers">Stages the layers.</param>
/// <param name="progress">Shows the progress of builds.</param>
internal sealed class FunctionStaging(CodeStaging code, CodeStaging layers, BuildProgress progress)
{
    // Installations wait for the network, so several run at once; more would not make copying faster.
    private const int AtOnce = 4;

    /// <returns>The staged functions, in the order of the list; valid only when <paramref name="diagnostics"/> has no
    /// errors.</returns>
    public async Task<IReadOnlyList<StagedFunction>> StageAsync(
        IReadOnlyList<FunctionToStage> functions,
        IReadOnlyList<LayerToStage> wanted,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var staged = await EachAsync(wanted, StageAsync, diagnostics, cancellationToken);
        var byName = new Dictionary<string, StagedCode>(StringComparer.Ordinal);
        for (var i = 0; i < wanted.Count; i++)
        {
            if (staged[i] is { } layer)
                byName[wanted[i].Name] = layer;
        }

        var done = await EachAsync(
            functions, (f, bag, token) => StageAsync(f, byName, bag, token), diagnostics, cancellationToken);
        return [.. done.OfType<StagedFunction>()];
    }

    private static async Task<TResult?[]> EachAsync<T, TResult>(
        IReadOnlyList<T> items,
        Func<T, DiagnosticBag, CancellationToken, Task<TResult?>> stage,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
        where TResult : class
    {
        var results = new TResult?[items.Count];
        var bags = items.Select(_ => new DiagnosticBag()).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, items.Count, options, async (i, token) => results[i] = await stage(items[i], bags[i], token));
        foreach (var diagnostic in bags.SelectMany(b => b))
            diagnostics.Add(diagnostic);
        return results;
    }

    private async Task<StagedCode?> StageAsync(
        LayerToStage layer,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var origin = new Origin(layer.Subject, layer.Place, diagnostics) { Project = layer.Project };
        if (!FolderName(layer.Name, origin) || CodeSource.At(layer.Path, origin) is not { } source)
            return null;
        var installing = progress.For($"layer {layer.Name}");
        var staged = await layers.StageAsync(
            layer.Name, source, layer.Builder, origin, installing.Line, cancellationToken);
        installing.End(staged?.Took);
        return staged;
    }

    private async Task<StagedFunction?> StageAsync(
        FunctionToStage function,
        Dictionary<string, StagedCode> byName,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var origin = new Origin(function.Subject, function.Code.Place, diagnostics) { Project = function.Project };
        if (function.Runtime.Family == RuntimeFamily.Other)
        {
            (origin with { Place = function.RuntimePlace }).Error(
                DiagnosticCodes.NotSupported,
                $"runtime '{function.Runtime.Name}' is not served in process mode",
                LambdaRuntime.Served);
            return null;
        }

        if (!FolderName(function.Name, origin) || Source(function, origin) is not { } source)
            return null;
        var installing = progress.For(function.Name);
        var staged = await code.StageAsync(
            function.Name, source, function.Runtime, origin, installing.Line, cancellationToken);
        installing.End(staged?.Took);
        if (staged is null)
            return null;
        List<StagedCode> own = [.. function.Layers.Select(byName.GetValueOrDefault).OfType<StagedCode>()];
        var handler = origin with { Place = function.HandlerPlace };
        return HandlerCheck.Passes(
            function.Runtime, function.Handler, staged.Look, [.. own.Select(l => l.Look)], handler)
            ? new StagedFunction(function.Name, staged, own)
            : null;
    }

    /// <returns>Null when the template names no usable code, which was reported to the origin.</returns>
    internal static CodeSource? Source(FunctionToStage function, Origin origin)
    {
        if (function.Code.Path is { } path)
            return CodeSource.At(path, origin);
        if (function.Code.Inline is { } text && function.Runtime.InlineFileName is { } file)
            return new InlineSource(file, text);
        if (function.Code.Inline is not null)
            origin.Error(
                DiagnosticCodes.NotSupported,
                $"{function.Runtime.Name} takes no inline code",
                "put the code into a folder and name it with CodeUri");
        else
            origin.Error(DiagnosticCodes.MissingKey, "no code is named", "name its folder with CodeUri");
        return null;
    }

    // Names of functions and layers come from templates and are used as folder names.
    private static bool FolderName(string name, Origin origin)
    {
        if (name.Length <= 140 && name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return true;
        origin.Error(DiagnosticCodes.WrongValue, $"'{name}' is not a name", $"allowed: {FunctionName.Rule}");
        return false;
    }
}
