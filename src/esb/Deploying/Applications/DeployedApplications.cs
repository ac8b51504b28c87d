using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Applications;

/// <summary>Where applications came from, as revisions tell.</summary>
internal static class DeployedApplications
{
    private static readonly IReadOnlyDictionary<string, DeployedFrom> Nothing = new Dictionary<string, DeployedFrom>();

    /// <summary>By application, the deploy that what the last revision has of it came from.</summary>
    /// <param name="revisions">Oldest first.</param>
    public static IReadOnlyDictionary<string, DeployedFrom> At(IReadOnlyList<Revision> revisions)
    {
        if (revisions is [.., { Note.Deployed: { } kept }])
            return kept;
        // Notes from before it was kept: as far back as they go.
        Dictionary<int, IReadOnlyDictionary<string, DeployedFrom>> states = [];
        var state = Nothing;
        foreach (var (number, _, note) in revisions)
            states[number] = state = note.Deployed ?? After(state, Origin(note), note.Time, note.By, states.GetValueOrDefault(note.Of ?? 0));
        return state;
    }

    /// <summary>The same after one more change.</summary>
    /// <param name="revisions">Oldest first.</param>
    /// <param name="origin">Of the change.</param>
    /// <param name="time">When it is made.</param>
    /// <param name="by">Who makes it.</param>
    public static IReadOnlyDictionary<string, DeployedFrom> After(IReadOnlyList<Revision> revisions, RevisionOrigin origin, DateTime time, string? by) =>
        After(At(revisions), origin, time, by, origin.Of is { } number ? At([.. revisions.Where(r => r.Number <= number)]) : null);

    /// <summary>By the path of a default, the application that brought it, whether it is there still or was removed.</summary>
    /// <param name="revisions">Oldest first.</param>
    public static IReadOnlyDictionary<string, string> WhoBrought(IReadOnlyList<Revision> revisions)
    {
        var brought = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (application, path) in revisions.Select(r => r.Note.Deployed).OfType<IReadOnlyDictionary<string, DeployedFrom>>().Append(At(revisions)).SelectMany(state => state).SelectMany(d => (d.Value.Defaults ?? []).Select(path => (d.Key, path))))
            brought.TryAdd(path, application);
        return brought;
    }

    /// <summary>By application, for people: <c>../orders/template.yaml, deployed 2 h ago</c>.</summary>
    /// <param name="deployed">See <see cref="At"/>.</param>
    /// <param name="now">By which ages are told.</param>
    public static IReadOnlyDictionary<string, string> Texts(IReadOnlyDictionary<string, DeployedFrom> deployed, DateTimeOffset now) =>
        deployed.ToDictionary(d => d.Key, d => $"{string.Join(", ", d.Value.Templates)}, deployed {Spans.Age(now - d.Value.Time)} ago", StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, DeployedFrom> After(
        IReadOnlyDictionary<string, DeployedFrom> before, RevisionOrigin origin, DateTime time, string? by, IReadOnlyDictionary<string, DeployedFrom>? target) => origin.Kind switch
        {
            RevisionKind.Deploy => before.Where(d => !origin.Applications.Contains(d.Key)).Concat(origin.Applications.Select(a => KeyValuePair.Create(a, From(origin, a, time, by) with { Defaults = Together(before.GetValueOrDefault(a)?.Defaults, origin.Defaults) }))).ToDictionary(StringComparer.Ordinal),
            RevisionKind.Removal => before.Where(d => !origin.Applications.Contains(d.Key)).ToDictionary(StringComparer.Ordinal),
            RevisionKind.Rollback => target ?? before,
            _ => before,
        };

    private static DeployedFrom From(RevisionOrigin origin, string application, DateTime time, string? by) => origin.Sources.TryGetValue(application, out var templates)
        ? new DeployedFrom(time, by, templates, [.. templates.Select(TemplatePlace.Of)])
        : new DeployedFrom(time, by, origin.Templates, []);

    private static IReadOnlyList<string>? Together(IReadOnlyList<string>? before, IReadOnlyList<string> added) =>
        before is null && added.Count == 0 ? null : [.. (before ?? []).Union(added, StringComparer.Ordinal)];

    private static RevisionOrigin Origin(RevisionNote note) => new(note.Kind, note.Command) { Templates = note.Templates, Applications = note.Applications ?? [], Of = note.Of };
}
