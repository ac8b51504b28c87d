using Esb.Cli.Deploying.Revisions;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The files of a plan: all of them prepared before the first is replaced, so that a full disk is met while nothing has changed, and
/// all of them put back when a later step fails.
/// </summary>
internal sealed class WrittenFiles : IDisposable
{
    // The environments of functions may hold secrets.
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Whatever the umask says: a gateway in a container runs as another user.
    private const UnixFileMode ReadableForAll = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly Dictionary<string, FileReplacement> _prepared = new(StringComparer.Ordinal);
    private readonly Stack<(string Name, FileReplacement Replacement)> _committed = new();

    private WrittenFiles()
    {
    }

    /// <param name="folder">The configuration folder, locked.</param>
    /// <param name="plan">What will stand in it.</param>
    /// <param name="ownerOnly">A new functions.yml is made readable for its owner alone; otherwise each new file for all.</param>
    /// <param name="environment">What the folder is marked as; null: as it is.</param>
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
            throw Failure($"{Path.Combine(folder, EnvironmentMark.FileName)} cannot be written: {e.Message}; nothing was changed", "make room, or mend the folder's owner and mode, and deploy again");
        }

        foreach (var update in plan.Updates.Where(u => u.Writes))
        {
            var path = Path.Combine(folder, update.Name);
            try
            {
                var mode = !ownerOnly ? ReadableForAll : update.Name == ConfigurationFiles.Functions ? OwnerOnly : (UnixFileMode?)null;
                files._prepared[update.Name] = FileReplacement.Prepare(path, update.After, mode);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                files.Dispose();
                throw Failure($"{path} cannot be written: {e.Message}; nothing was changed", "make room, or mend the folder's owner and mode, and deploy again");
            }
        }

        return files;
    }

    /// <summary>Where a file of the plan stands before it is in its place; null: it is not written.</summary>
    public string? Prepared(FileUpdate update) => _prepared.GetValueOrDefault(update.Name)?.Prepared;

    /// <summary>Puts the new file in the place of the old one, if the plan writes it.</summary>
    /// <exception cref="IOException">It could not be done.</exception>
    public void Commit(FileUpdate update) => Commit(update.Name);

    /// <summary>Marks the folder, if that is wanted and not so yet.</summary>
    /// <exception cref="IOException">It could not be done.</exception>
    public void CommitMark() => Commit(EnvironmentMark.FileName);

    private void Commit(string name)
    {
        if (!_prepared.TryGetValue(name, out var replacement))
            return;
        _committed.Push((name, replacement));
        replacement.Commit();
    }

    /// <returns>The files that could not be put back; what stands in them is whole and valid all the same.</returns>
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
