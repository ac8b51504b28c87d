using Esb.Schema.Files;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Applications;

/// <summary>An entry of one application that another one takes over: the later deploy wins and reports it.</summary>
/// <param name="Change">The replaced entry.</param>
/// <param name="From">The application that had it.</param>
/// <param name="By">The application that gets it.</param>
internal sealed record Takeover(Change Change, string From, string By)
{
    /// <summary>
    /// The takeover of one change; null if there is none. An entry without an application cannot be taken over.
    /// </summary>
    public static Takeover? Of(Change change) =>
        change.Kind == ChangeKind.Replaced
            && ApplicationName.Of(change.Before) is { } from
            && ApplicationName.Of(change.After) is { } by
            && from != by
            ? new Takeover(change, from, by)
            : null;
}
