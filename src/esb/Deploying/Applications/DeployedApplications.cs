using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Terminal;

namespace Esb.Cli.Deploying.Applications;

/// <summary>The origins of applications, according to the revisions.</summary>
internal static class DeployedApplications
{
    private static readonly IReadOnlyDictionary<string, DeployedFrom> Nothing = new Dictionary<string, DeployedFrom>();

    /// <summary>The deploy that gave each application its current state.</summary>
    /// <param name="revisions">Oldest first.</param>
    public static IReadOnlyDictionary<string, DeployedFrom> At(IReadOnlyList<Revision> revisions)
    {
        if (revisions is [.., { Note.Deployed: { } kept }])
            return kept;
        // Older notes do not record the deploys, so these are computed from all notes in order.
        Dictionary<int, IReadOnlyDictionary<string, DeployedFrom>> states = [];
        var state = Nothing;
        foreach (var (number, _, note) in revisions)
            states[number] = state =
                note.Deployed ?? After(state, Origin(note), note.Time, note.By, states.GetValueOrDefault(note.Of ?? 0));
        return state;
    }

    /// <summary>The deploy of each application after one more change.</summary>
    /// <param name="revisions">Oldest first.</param>
    /// <param name="origin">The origin of the change.</param>
    /// <param name="time">The time of the change.</param>
    /// <param name="by">The user who makes it.</param>
    public static IReadOnlyDictionary<string, DeployedFrom> After(
        IReadOnlyList<Revision> revisions, RevisionOrigin origin, DateTime time, string? by) =>
        After(At(revisions), origin, time, by, origin.Of is { } number
            ? At([.. revisions.Where(r => r.Number <= number)])
            : null);

    /// <summary>
    /// The application that added each default, by the path of the default. Applications that have been removed are
    /// included.
    /// </summary>
    /// <param name="revisions">Oldest first.</param>
    public static IReadOnlyDictionary<string, string> Owners(IReadOnlyList<Revision> revisions)
    {
        var brought = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (application, path) in revisions.Select(r => r.Note.Deployed)
            .OfType<IReadOnlyDictionary<string, DeployedFrom>>()
            .Append(At(revisions))
            .SelectMany(state => state)
            .SelectMany(d => (d.Value.Defaults ?? []).Select(path => (d.Key, path))))
            brought.TryAdd(path, application);
        return brought;
    }

    /// <summary>A text for each application, such as <c>../orders/template.yaml, deployed 2 h ago</c>.</summary>
    /// <param name="deployed">See <see cref="At"/>.</param>
    /// <param name="now">The time from which ages are counted.</param>
    public static IReadOnlyDictionary<string, string> Texts(
        IReadOnlyDictionary<string, DeployedFrom> deployed, DateTimeOffset now) =>
        deployed.ToDictionary(
            d => d.Key,
            d => $"{string.Join(", ", d.Value.Templates)}, deployed {DurationText.Age(now - d.Value.Time)} ago",
            StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, DeployedFrom> After(
        IReadOnlyDictionary<string, DeployedFrom> before,
        RevisionOrigin origin,
        DateTime time,
        string? by,
        IReadOnlyDictionary<string, DeployedFrom>? target) => origin.Kind switch
        {
            RevisionKind.Deploy => before.Where(d => !origin.Applications.Contains(d.Key))
                .Concat(origin.Applications.Select(a => KeyValuePair.Create(a, From(origin, a, time, by) with
                {
                    Defaults = Union(before.GetValueOrDefault(a)?.Defaults, origin.Defaults),
                })))
                .ToDictionary(StringComparer.Ordinal),
            RevisionKind.Removal =>
                before.Where(d => !origin.Applications.Contains(d.Key)).ToDictionary(StringComparer.Ordinal),
            RevisionKind.Rollback => target ?? before,
            _ => before,
        };

    private static DeployedFrom From(RevisionOrigin origin, string application, DateTime time, string? by) =>
        origin.Sources.TryGetValue(application, out var templates)
            ? new DeployedFrom(time, by, templates, [.. templates.Select(TemplatePlace.Of)])
            : new DeployedFrom(time, by, origin.Templates, []);

    private static IReadOnlyList<string>? Union(IReadOnlyList<string>? before, IReadOnlyList<string> added) =>
        before is null && added.Count == 0 ? null : [.. (before ?? []).Union(added, StringComparer.Ordinal)];

    private static RevisionOrigin Origin(RevisionNote note) => new(note.Kind, note.Command)
    {
        Templates = note.Templates,
        Applications = note.Applications ?? [],
        Of = note.Of,
    };
}
