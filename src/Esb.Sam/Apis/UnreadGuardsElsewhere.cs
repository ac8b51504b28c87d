using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Apis;

/// <summary>Closes APIs of one template because of unread guards in another template of the same deploy.</summary>
internal static class UnreadGuardsElsewhere
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
        var unread = templates.SelectMany(t => t.UnreadGuards.Where(c => c.IsOfDomain
            ? guarded && !(ReferenceEquals(t, own) && t.GuardsDomain)
            : !ReferenceEquals(t, own))).ToList();
        var closed = new Dictionary<string, UnreadGuard>(StringComparer.Ordinal);
        foreach (var api in ApisOf(template))
        {
            if (unread.Find(c => c.AppliesTo(api, known)) is { } found)
                closed.Add(api, found);
        }

        foreach (var (api, found) in closed)
            UnreadGuards.Warn(api, found, diagnostics);
        return closed.Count == 0 ? template : template with
        {
            Routes = [.. template.Routes.Select(
                r => r.Api is { } api && closed.TryGetValue(api, out var found) && r.Closed is null
                    ? r with { Authorizer = AuthorizerForm.Closed(found.Reason) }
                    : r)],
            Receipt = [.. template.Receipt, .. closed.Select(c => new ReceiptLine(
                c.Key, c.Value.Resource, Outcome.Ignored, $"{c.Value.Reason}; the routes are closed", c.Value.Place))],
        };
    }

    private static IEnumerable<string> ApisOf(SamTemplate template) =>
        template.Routes.Select(r => r.Api).OfType<string>().Distinct(StringComparer.Ordinal);
}
