using Esb.Schema.Files;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Applications;

/// <summary>What was one application's and becomes another's: the later deploy wins, and says so.</summary>
/// <param name="Change">What is replaced.</param>
/// <param name="From">The application whose it was.</param>
/// <param name="By">The application whose it becomes.</param>
internal sealed record Takeover(Change Change, string From, string By)
{
    /// <summary>Of one change; null when it takes nothing from anybody. What says no application is nobody's, and is not taken.</summary>
    public static Takeover? Of(Change change) =>
        change.Kind == ChangeKind.Replaced && ApplicationName.Of(change.Before) is { } from && ApplicationName.Of(change.After) is { } by && from != by
            ? new Takeover(change, from, by)
            : null;
}
