using Esb.Cli.Deploying.Revisions;

namespace Esb.Cli.Documents;

/// <summary>The revisions of a configuration folder: <c>esb history --json</c>.</summary>
/// <param name="ConfigDir">The configuration folder.</param>
/// <param name="Edited">Whether the files differ from the latest revision.</param>
/// <param name="Revisions">The revisions, the newest first.</param>
internal sealed record HistoryOutput(string ConfigDir, bool Edited, IReadOnlyList<RevisionOutput> Revisions);

/// <summary>One revision.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="Current">Whether the files are this revision.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Time">When it was made, in UTC.</param>
/// <param name="Kind">What made it.</param>
/// <param name="Command">The command, as it was typed.</param>
/// <param name="Templates">The templates, as they were named.</param>
/// <param name="Environment">The environment of the deploy; null when it had none.</param>
/// <param name="Of">The revision that a rollback restored; null for others.</param>
/// <param name="Configuration">The hash by which the gateway identifies it.</param>
/// <param name="Changes">How many entries changed, by section.</param>
/// <param name="Applications">The applications that were deployed; null when that is not known.</param>
/// <param name="By">The user who made it; null when that is not known.</param>
internal sealed record RevisionOutput(
    int Revision,
    bool Current,
    string Folder,
    DateTime Time,
    RevisionKind Kind,
    string Command,
    IReadOnlyList<string> Templates,
    string? Environment,
    int? Of,
    string Configuration,
    IReadOnlyDictionary<string, ChangeCount> Changes,
    IReadOnlyList<string>? Applications,
    string? By);
