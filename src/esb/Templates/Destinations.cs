using Esb.Sam.Functions;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// Functions that are told when an event has ended (<c>OnSuccess</c>, <c>OnFailure</c>, dead letters). They may stand
/// in any template of a deploy or run on the platform already; of one that is nowhere the receipt tells, and
/// <c>--strict</c> refuses it.
/// </summary>
internal static class Destinations
{
    private static readonly string[] Kinds = ["on_success", "on_failure", "dead_letter"];

    /// <summary>The templates with a line for each function that is nowhere.</summary>
    /// <param name="templates">All that are read together.</param>
    /// <param name="deployed">What the platform has.</param>
    /// <param name="strict">Whether such a line is an error.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
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

    /// <summary>All that are named.</summary>
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
                    + "what it is to be told stays pending",
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
