using Esb.Cli.Deploying.Revisions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// Finds the starting point of a change of the three files: their content and, for a missing file, what is still served
/// or was written last.
/// </summary>
internal static class StartingPoints
{
    /// <param name="existing">The content of the locked folder.</param>
    /// <param name="target">The folder and its platform.</param>
    /// <param name="diagnostics">Receives errors in the content.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null when the content cannot be used.</returns>
    /// <exception cref="CommandFailure">Something served would be lost, and its files cannot be obtained.</exception>
    public static async Task<StartingPoint?> FindAsync(
        ConfigurationFolder existing,
        DeployTarget target,
        DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        if (existing.Missing.Count == 0)
            return StartingPoint.OfFiles(existing);
        var latest = new RevisionStore(target.Folder).All() is [.., var last] ? last : null;
        // Files that were already missing after the last deploy are no accident.
        if (!existing.IsUnread && latest?.IsEqualTo(target.Folder) == true)
            return StartingPoint.OfFiles(existing);
        var answer = await ServedQuestion.AskAsync(target, cancellationToken);
        var sources = Sources(existing, latest, answer);
        List<FoundFile> found = [];
        foreach (var name in existing.Missing)
        {
            if (sources.FirstOrDefault(s => !EmptyStart.SaysNothing(s.Bytes(name))) is not { } source)
                continue;
            if (ConfigurationDocument.Parse(source.Bytes(name), name, diagnostics) is not { } document)
                return null;
            existing = existing.With(name, document, source.Bytes(name));
            found.Add(new FoundFile(name, source.Who));
        }

        existing.Documents.Read(diagnostics);
        if (answer is ServedWithheld withheld)
            RequireAll(withheld, existing, target.Folder);
        return diagnostics.HasErrors
            ? null
            : new StartingPoint(existing, found) { Known = found.Count > 0 ? existing : null };
    }

    /// <summary>The starting point with <c>--allow-loss</c>: the user accepts the loss.</summary>
    public static async Task<StartingPoint> WithoutAsync(
        ConfigurationFolder existing, DeployTarget target, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindAsync(existing, target, [], cancellationToken) is not { Known: { } known })
                return StartingPoint.OfFiles(existing);
            var gone = StatePlan.Between(known, existing).Updates.SelectMany(u => u.Changes)
                .Where(c => c.Kind == ChangeKind.Removed);
            return StartingPoint.OfFiles(existing) with
            {
                Known = known,
                Lost = [.. gone.Select(c => $"{c.Section} {c.Key}")],
            };
        }
        catch (CommandFailure failure)
        {
            return StartingPoint.OfFiles(existing) with { Lost = failure.Details };
        }
    }

    /// <summary>
    /// The starting point of a replacement of all files, which succeeds even if what is served is unknown.
    /// </summary>
    public static async Task<StartingPoint> ForReplacementAsync(
        ConfigurationFolder existing, DeployTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(existing, target, [], cancellationToken) ?? StartingPoint.OfFiles(existing);
        }
        catch (CommandFailure)
        {
            return StartingPoint.OfFiles(existing);
        }
    }

    // The best source comes first. What a gateway serves from this folder is newer than any revision. A baked-in
    // configuration is older, and any file in the folder hides all of it.
    private static List<Source> Sources(ConfigurationFolder existing, Revision? latest, ServedAnswer answer)
    {
        List<Source> sources = [];
        var served = answer is ServedInFull full ? new Source(full.Who, full.Documents.Of) : null;
        var isBaked = answer is ServedInFull { Documents.IsOfTheFolder: false };
        if (served is not null && !isBaked)
            sources.Add(served);
        if (latest is not null)
            sources.Add(new Source($"revision {latest.Number}", latest.Bytes));
        if (served is not null && isBaked && existing.IsUnread && !(latest?.HoldsServed ?? false))
            sources.Add(served);
        return sources;
    }

    private static void RequireAll(ServedWithheld withheld, ConfigurationFolder existing, string folder)
    {
        var (functions, routes) = ServedNames.Of(existing);
        List<string> lost =
        [
            .. withheld.Functions.Except(functions).Select(f => $"function {f}"),
            .. withheld.Routes.Except(routes).Select(r => $"route {r}"),
        ];
        if (lost.Count == 0)
            return;
        throw new CommandFailure(
            ExitCode.Failure,
            [new Diagnostic(
                Severity.Error,
                DiagnosticCodes.FileAccess,
                $"{string.Join(", ", existing.Missing)} {(existing.Missing.Count == 1 ? "is" : "are")} not in "
                    + $"{folder}, the gateway serves what was there, but does not report it: {withheld.Reason}; "
                    + "nothing was changed",
                Help: "put the files back, or give --allow-loss to continue without it:")])
        {
            Details = lost,
        };
    }

    /// <summary>A possible source of a missing file's content.</summary>
    private sealed record Source(string Who, Func<string, byte[]> Bytes);
}
