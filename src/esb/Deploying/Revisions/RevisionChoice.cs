using System.Globalization;

namespace Esb.Cli.Deploying.Revisions;

/// <summary>Chooses a revision.</summary>
internal static class RevisionChoice
{
    /// <exception cref="CommandFailure">No revision has that number.</exception>
    public static Revision Named(IReadOnlyList<Revision> all, int number) =>
        all.FirstOrDefault(r => r.Number == number)
            ?? throw Unknown(all, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The state before the current files: the latest revision if the files were edited since, otherwise the one before
    /// it.
    /// </summary>
    /// <param name="all">Oldest first.</param>
    /// <param name="isEdited">Whether the files differ from the latest revision.</param>
    /// <exception cref="CommandFailure">There is no revision.</exception>
    public static Revision Previous(IReadOnlyList<Revision> all, bool isEdited) => all switch
    {
        [] => throw None(),
        [var only] when !isEdited => throw CommandFailure.Environment(
            $"revision {only.Number} is the content of the files, and there is none before it",
            "each esb deploy adds one; esb history lists them"),
        _ => isEdited ? all[^1] : all[^2],
    };

    /// <exception cref="CommandFailure">There is no revision.</exception>
    public static void RequireAny(IReadOnlyList<Revision> all)
    {
        if (all.Count == 0)
            throw None();
    }

    /// <summary>Ensures that a revision still has what was deployed, such as the authorizer of each route.</summary>
    /// <exception cref="CommandFailure">One of its files was changed.</exception>
    public static void RequireUnchanged(Revision revision)
    {
        if (revision.IsChanged)
            throw CommandFailure.Environment(
                $"revision {revision.Number} is not what was deployed: a file in {revision.Folder} was changed since; "
                    + "nothing was changed",
                "go back to another revision, or deploy its templates again");
    }

    /// <summary>Ensures that a rollback undoes no deploy of another environment.</summary>
    /// <exception cref="CommandFailure">The rollback would undo one.</exception>
    public static void RequireOnly(string environment, IReadOnlyList<Revision> all, Revision target)
    {
        if (all.FirstOrDefault(r => r.Number > target.Number
            && r.Note.Kind == RevisionKind.Deploy
            && r.Note.Environment is not (null or EnvironmentMark.Unnamed)
            && r.Note.Environment != environment) is { } other)
            throw CommandFailure.Environment(
                $"going back to revision {target.Number} would undo a deploy of environment '{other.Note.Environment}' "
                    + $"too (revision {other.Number}, {other.Note.Command}); nothing was changed",
                "leave out --env if that is wanted; an earlier version deployed several environments to one platform");
    }

    private static CommandFailure None() => CommandFailure.Environment(
        "there is no revision to go back to", "each esb deploy adds one; esb history lists them");

    private static CommandFailure Unknown(IReadOnlyList<Revision> all, string number) => CommandFailure.Environment(
        $"there is no revision {number}",
        all.Count == 0
            ? "there are none yet: each esb deploy adds one"
            : $"esb history lists the existing ones, {all[0].Number} to {all[^1].Number}");
}
