using Esb.Cli.Deploying.Revisions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Applications;

/// <summary>Messages about takeovers.</summary>
internal static class TakeoverLines
{
    /// <summary>The owner, as in <c>application 'orders', ../orders/template.yaml, deployed 2 h ago</c>.</summary>
    /// <param name="origins">The origin of each application.</param>
    /// <param name="application">The application that had the entry.</param>
    public static string OwnerText(IReadOnlyDictionary<string, string> origins, string application) =>
        origins.TryGetValue(application, out var origin)
            ? $"application '{application}', {origin}"
            : $"application '{application}'";

    /// <summary>The error of a deploy with <c>--no-takeover</c>; null when it takes nothing over.</summary>
    /// <param name="origins">The origin of each application.</param>
    /// <param name="taken">The entries that are taken over.</param>
    /// <param name="opened">Guarded routes of other applications that become open.</param>
    /// <param name="overlaps">Overlapping routes.</param>
    /// <param name="defaults">Defaults that apply to functions of other applications.</param>
    public static CommandFailure? Refusal(
        IReadOnlyDictionary<string, string> origins,
        IEnumerable<Takeover> taken,
        IReadOnlyList<OpenedRoute> opened,
        IReadOnlyList<Overlap> overlaps,
        IReadOnlyList<string> defaults)
    {
        List<string> lines =
        [
            .. taken.Select(t => $"{t.Change.Section} {t.Change.Key} of {OwnerText(origins, t.From)}"),
            .. overlaps.Where(o => o.Takes).Select(o => $"requests to {o.Other.Key}{o.OwnerText}, by {o.Route.Key}"),
            .. opened.Where(o => o.From is null).Select(o => $"route {o.Key}{o.OwnerText}, which is guarded"),
            .. defaults.Select(d => $"default {d}, for the functions of every application"),
        ];
        if (lines.Count == 0)
            return null;
        var count = lines.Count == 1 ? "one thing that belongs" : $"{lines.Count} things that belong";
        var failure = CommandFailure.Environment(
            $"the deploy would take over {count} to other applications; nothing was changed",
            "leave out --no-takeover if that is wanted, or choose other names or paths; what would be taken:");
        return failure.WithDetails(lines);
    }

    /// <summary>
    /// Warns about each application that was last deployed from another template: perhaps two projects only have
    /// folders of the same name.
    /// </summary>
    /// <param name="existing">The current entries.</param>
    /// <param name="sources">The templates of the deploy, by application.</param>
    /// <param name="deployed">The last deploy, by application.</param>
    /// <param name="isNamed">Whether the user named the application, so that the message is only a note.</param>
    public static IEnumerable<Diagnostic> FromElsewhere(
        IReadOnlyList<ConfigurationEntry> existing,
        IReadOnlyDictionary<string, IReadOnlyList<string>> sources,
        IReadOnlyDictionary<string, DeployedFrom> deployed,
        bool isNamed) =>
        from source in sources
        where deployed.TryGetValue(source.Key, out var last)
            && TemplatePlace.IsElsewhere(last, source.Value)
            && existing.Any(e => e.Application == source.Key)
        select new Diagnostic(
            isNamed ? Severity.Information : Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"application '{source.Key}' was deployed from {string.Join(", ", deployed[source.Key].Places)} the last "
                + $"time, and comes from {string.Join(", ", source.Value)} now",
            Help: isNamed ? null : $"give --stack {source.Key} if both are one application, "
                + "or --stack with another name if they are two");
}
