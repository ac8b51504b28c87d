using Esb.Cli.Deploying.Revisions;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The files of a plan. All are prepared before the first is replaced, so that a full disk is found while nothing has
/// changed; all are restored when a later step fails.
/// </summary>
internal sealed class WrittenFiles : IDisposable
{
    // Environments and tags may hold secrets, and routes hold API keys.
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Regardless of the umask, since a gateway in a container runs as another user.
    private const UnixFileMode ReadableForAll = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly Dictionary<string, FileReplacement> _prepared = new(StringComparer.Ordinal);
    private readonly Stack<(string Name, FileReplacement Replacement)> _committed = new();

    private WrittenFiles()
    {
    }

    /// <param name="folder">The configuration folder, locked.</param>
    /// <param name="plan">The plan to write.</param>
    /// <param name="ownerOnly">
    /// Whether a new file is readable by its owner only; otherwise new files are readable by all.
    /// </param>
    /// <param name="environment">The environment to mark the folder with; null for no mark.</param>
    /// <exception cref="CommandFailure">A file could not be written; nothing has changed.</exception>
    public static WrittenFiles Prepare(string folder, DeployPlan plan, bool ownerOnly, string? environment)
    {
        var files = new WrittenFiles();
        try
        {
            if (environment is not null && EnvironmentMark.Prepare(folder, environment) is { } mark)
                files._prepared[EnvironmentMark.FileName] = mark;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(
                $"{Path.Combine(folder, EnvironmentMark.FileName)} cannot be written: {e.Message}; nothing was changed",
                "make room, or fix the folder's owner and mode, and deploy again");
        }

        foreach (var update in plan.Updates.Where(u => u.Writes))
        {
            var path = Path.Combine(folder, update.Name);
            try
            {
                files._prepared[update.Name] = FileReplacement.Prepare(
                    path, update.After, ownerOnly ? OwnerOnly : ReadableForAll);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                files.Dispose();
                throw Failure(
                    $"{path} cannot be written: {e.Message}; nothing was changed",
                    "make room, or fix the folder's owner and mode, and deploy again");
            }
        }

        return files;
    }

    /// <summary>The path of a prepared file; null when it is not written.</summary>
    public string? Prepared(FileUpdate update) => _prepared.GetValueOrDefault(update.Name)?.Prepared;

    /// <summary>Replaces the old file with the new one, if the plan writes it.</summary>
    /// <exception cref="IOException">The file could not be replaced.</exception>
    public void Commit(FileUpdate update) => Commit(update.Name);

    /// <summary>Marks the folder, if requested and not marked yet.</summary>
    /// <exception cref="IOException">The file could not be replaced.</exception>
    public void CommitMark() => Commit(EnvironmentMark.FileName);

    private void Commit(string name)
    {
        if (!_prepared.TryGetValue(name, out var replacement))
            return;
        _committed.Push((name, replacement));
        replacement.Commit();
    }

    /// <returns>The files that could not be restored; their content is complete and valid.</returns>
    public IReadOnlyList<string> Undo()
    {
        List<string> failed = [];
        while (_committed.TryPop(out var file))
        {
            try
            {
                file.Replacement.Undo();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed.Add(file.Name);
            }
        }

        return failed;
    }

    public void Dispose()
    {
        foreach (var replacement in _prepared.Values)
            replacement.Dispose();
    }

    public static CommandFailure Failure(string message, string help) =>
        new(ExitCode.Failure, [new Diagnostic(Severity.Error, DiagnosticCodes.FileAccess, message, Help: help)]);
}
