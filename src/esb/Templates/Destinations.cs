using Esb.Sam.Functions;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// Checks destinations and dead-letter functions (<c>OnSuccess</c>, <c>OnFailure</c>, dead letters). They may be in any
/// template of a deploy or already on the platform; a missing one is a line of the receipt, which <c>--strict</c>
/// refuses.
/// </summary>
internal static class Destinations
{
    private static readonly string[] Kinds = ["on_success", "on_failure", "dead_letter"];

    /// <summary>The templates, with a receipt line for each missing function.</summary>
    /// <param name="templates">The templates of the deploy.</param>
    /// <param name="deployed">The functions of the platform.</param>
    /// <param name="strict">Whether such a line is an error.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static List<ReadTemplate> Check(
        IReadOnlyList<ReadTemplate> templates, IReadOnlySet<string> deployed, bool strict, DiagnosticBag diagnostics)
    {
        var here = templates.SelectMany(t => t.Model.Functions).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return [
            .. templates.Select(t => t with
            {
                Model = t.Model with { Receipt = [.. t.Model.Receipt, .. t.Model.Functions.SelectMany(
                    f => Lines(f, name => here.Contains(name) || deployed.Contains(name), strict, diagnostics))] },
            }),
        ];
    }

    /// <summary>All functions that are named as destinations.</summary>
    public static IReadOnlySet<string> Named(IReadOnlyList<ReadTemplate> templates) =>
        templates.SelectMany(t => t.Model.Functions)
            .SelectMany(f => Kinds.Select(kind => TargetOf(f, kind)?.Value))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    private static YamlScalar? TargetOf(SamFunction function, string kind) =>
        (function.Asynchronous?[kind] as YamlMapping)?["function"] as YamlScalar;

    private static IEnumerable<ReceiptLine> Lines(
        SamFunction function, Func<string, bool> isThere, bool strict, DiagnosticBag diagnostics)
    {
        foreach (var kind in Kinds)
        {
            if (TargetOf(function, kind) is not { } target || isThere(target.Value))
                continue;
            var line = new ReceiptLine(
                function.LogicalId,
                kind,
                Outcome.Ignored,
                $"the function '{target.Value}' is in none of the templates and not on the platform; "
                    + "its events stay pending",
                function.Place);
            diagnostics.Add(new Diagnostic(
                strict ? Severity.Error : Severity.Warning,
                DiagnosticCodes.UnknownReference,
                $"{line.Resource}: {line.Property}: {line.Reason}",
                line.Place.File,
                line.Place.Line,
                line.Place.Column,
                "deploy that function first, or with this template"));
            yield return line;
        }
    }
}
