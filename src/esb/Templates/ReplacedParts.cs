using Esb.Sam;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Cli.Templates;

/// <summary>
/// Reports functions and routes that a later template of the same deploy replaces, and APIs of one application that are
/// merged, so that an API key opens both. <c>--strict</c> refuses them.
/// </summary>
internal static class ReplacedParts
{
    /// <summary>The templates, with a receipt line for each replaced part.</summary>
    public static IReadOnlyList<ReadTemplate> Note(
        IReadOnlyList<ReadTemplate> templates, bool strict, DiagnosticBag diagnostics)
    {
        List<ReadTemplate> noted = [];
        for (var i = 0; i < templates.Count; i++)
        {
            var template = templates[i];
            List<ReadTemplate> later = [.. templates.Skip(i + 1).Where(t => t.File != template.File)];
            List<ReceiptLine> lines = [.. Lines(template, later), .. SharedApis(template, later)];
            foreach (var line in lines)
                diagnostics.Add(new Diagnostic(
                    strict ? Severity.Error : Severity.Warning,
                    DiagnosticCodes.Shadowed,
                    $"{line.Property} {line.Reason}",
                    line.Place.File,
                    line.Place.Line,
                    line.Place.Column,
                    "give it a name or path of its own"));
            noted.Add(lines.Count == 0
                ? template
                : template with { Model = template.Model with { Receipt = [.. template.Model.Receipt, .. lines] } });
        }

        return noted;
    }

    private static IEnumerable<ReceiptLine> Lines(ReadTemplate template, IEnumerable<ReadTemplate> later)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        var routes = new Dictionary<string, (string File, string Name)>(StringComparer.Ordinal);
        foreach (var (file, model, _) in later)
        {
            foreach (var function in model.Functions)
                functions.TryAdd(function.Name, file);
            foreach (var route in model.Routes)
                routes.TryAdd(RouteShape.Of(route.Method, route.Path), (file, $"{route.Method} {route.Path}"));
        }

        foreach (var function in template.Model.Functions)
        {
            if (functions.TryGetValue(function.Name, out var file))
                yield return new ReceiptLine(
                    function.LogicalId,
                    $"function '{function.Name}'",
                    Outcome.Ignored,
                    $"is replaced by that of {file}",
                    function.Place);
        }

        foreach (var route in template.Model.Routes)
        {
            if (routes.TryGetValue(RouteShape.Of(route.Method, route.Path), out var by))
                yield return new ReceiptLine(
                    route.Api ?? route.Function ?? "",
                    $"{route.Method} {route.Path}",
                    Outcome.Ignored,
                    $"is replaced by {by.Name} of {by.File}, which takes the same requests",
                    route.Place);
        }
    }

    private static IEnumerable<ReceiptLine> SharedApis(ReadTemplate template, IReadOnlyList<ReadTemplate> later)
    {
        foreach (var route in template.Model.Routes.Where(r => r.Api is not null).DistinctBy(r => r.Api))
        {
            var other = later.FirstOrDefault(t => t.Application == template.Application
                && t.Model.ApiKeys.Count + template.Model.ApiKeys.Count > 0
                && t.Model.Routes.Any(r => r.Api == route.Api));
            if (other is not null)
                yield return new ReceiptLine(
                    route.Api!,
                    $"API '{route.Api}'",
                    Outcome.Ignored,
                    $"is one with that of {other.File}, so API keys of each open both",
                    route.Place);
        }
    }
}
