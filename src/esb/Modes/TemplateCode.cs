using Esb.Cli.Staging;
using Esb.Cli.Staging.Runtimes;
using Esb.Cli.Templates;
using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Modes;

/// <summary>The code sources of a template, with paths that this process can use.</summary>
internal static class TemplateCode
{
    public static FunctionToStage Function(ReadTemplate template, SamFunction function) => new(
        function.Name,
        function.LogicalId,
        new LambdaRuntime(function.Runtime ?? "") { BuildMethod = function.BuildMethod, Target = function.LogicalId },
        function.Handler,
        new CodeToStage(
            function.CodePath is { } path ? template.Resolved(path) : null, function.InlineCode, function.CodePlace),
        function.Layers)
    {
        HandlerPlace = function.HandlerPlace,
        RuntimePlace = function.Place,
        Project = template.Project,
    };

    public static IReadOnlyList<LayerToStage> Layers(ReadTemplate template) =>
        [.. template.Model.Layers.Select(l => new LayerToStage(
            l.Name, l.LogicalId, template.Resolved(l.ContentPath), l.Place, l.BuildMethod is { } method
                ? LambdaRuntime.OfLayer(method, l.LogicalId)
                : null)
            {
                Project = template.Project,
            })];
}
