using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Applications;

/// <summary>Where applications came from, as their revisions tell.</summary>
internal static class DeployedApplications
{
    /// <summary>By application: <c>../orders/template.yaml, deployed 2 h ago</c>, of its last deploy that is kept.</summary>
    /// <param name="revisions">Oldest first.</param>
    /// <param name="now">By which ages are told.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<Revision> revisions, DateTimeOffset now)
    {
        Dictionary<string, string> origins = new(StringComparer.Ordinal);
        foreach (var note in revisions.Select(r => r.Note).Where(n => n.Kind == RevisionKind.Deploy))
        {
            foreach (var application in note.Applications ?? [])
                origins[application] = $"{string.Join(", ", note.Templates)}, deployed {Spans.Age(now - note.Time)} ago";
        }

        return origins;
    }
}
