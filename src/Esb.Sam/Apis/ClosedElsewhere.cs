using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis;

/// <summary>Closes APIs of one template because of resources in another template of the same deploy.</summary>
internal static class ClosedElsewhere
{
    /// <summary>Returns the template with those APIs closed.</summary>
    /// <param name="template">The template, with everything else already closed.</param>
    /// <param name="own">The same template as it is in the list.</param>
    /// <param name="templates">All templates of the deploy.</param>
    /// <param name="diagnostics">Receives a warning for each API.</param>
    public static SamTemplate Close(
        SamTemplate template,
        SamTemplate own,
        IReadOnlyList<SamTemplate> templates,
        DiagnosticBag diagnostics)
    {
        var known = templates.SelectMany(ApisOf).ToHashSet(StringComparer.Ordinal);
        var guarded = templates.Any(t => t.GuardsDomain);
        var closing = templates.SelectMany(t => t.Closing.Where(c => c.IsOfDomain
            ? guarded && !(ReferenceEquals(t, own) && t.GuardsDomain)
            : !ReferenceEquals(t, own))).ToList();
        var closed = new Dictionary<string, ClosingResource>(StringComparer.Ordinal);
        foreach (var api in ApisOf(template))
        {
            if (closing.Find(c => c.AppliesTo(api, known)) is { } found)
                closed.Add(api, found);
        }

        foreach (var (api, found) in closed)
            ClosingResources.Warn(api, found, diagnostics);
        return closed.Count == 0 ? template : template with
        {
            Routes = [.. template.Routes.Select(
                r => r.Api is { } api && closed.TryGetValue(api, out var found) && ClosedRoutes.ReasonOf(r) is null
                    ? r with { Authorizer = AuthorizerForm.Unsupported(found.Reason) }
                    : r)],
            Receipt = [.. template.Receipt, .. closed.Select(c => new ReceiptLine(
                c.Key, c.Value.Resource, Outcome.Ignored, $"{c.Value.Reason}; the routes are closed", c.Value.Place))],
        };
    }

    private static IEnumerable<string> ApisOf(SamTemplate template) =>
        template.Routes.Select(r => r.Api).OfType<string>().Distinct(StringComparer.Ordinal);
}
