using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;

namespace Esb.Cli.Staging;

/// <summary>Stages the layers of a template.</summary>
internal sealed class LayerStaging(CodeStaging code)
{
    /// <returns>The layers that could be staged, by name; the diagnostics contain the errors of the others.</returns>
    public async Task<IReadOnlyDictionary<string, StagedCode>> StageAsync(
        IReadOnlyList<LayerToStage> layers,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        var staged = new Dictionary<string, StagedCode>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            var origin = new Origin(layer.Subject, layer.Place, diagnostics) { Project = layer.Project };
            if (FunctionName.IsValid(layer.Name) && CodeSource.At(layer.Path, origin) is { } source
                && await code.StageAsync(
                    layer.Name, source, layer.Builder, origin, null, cancellationToken) is { } folder)
                staged[layer.Name] = folder;
        }

        return staged;
    }
}
