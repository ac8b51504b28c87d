using CliWrap;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Removing.Data;

/// <summary>
/// Deletes tables and buckets with their data, once the three files no longer name them. A snapshot is taken first.
/// </summary>
/// <param name="names">The tables and buckets.</param>
/// <param name="target">The platform whose stores have them.</param>
/// <param name="state">The state folder, where snapshots are kept.</param>
/// <param name="screen">Shows the progress.</param>
/// <param name="time">The clock that names snapshots.</param>
internal sealed class DataDeletion(
    IReadOnlyList<StoredName> names, DeployTarget target, StateFolder state, Screen screen, TimeProvider time)
{
    private readonly IReadOnlyList<string> _arguments = [.. names.SelectMany(n => n.Arguments)];
    private readonly string _all = string.Join(", ", names);

    private IProvisioner Provisioner => target.Provisioner
        ?? throw CommandFailure.Environment(
            "no platform is running, so no table or bucket can be deleted; nothing was changed", target.HowToStart);

    /// <summary>Checks the stores before anything is changed.</summary>
    /// <exception cref="CommandFailure">One of them does not exist, or its store does not answer.</exception>
    public async Task RequireThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Provisioner.RunAsync(
                ["delete", "--dry-run", .. _arguments], PipeSource.Null, PipeTarget.Null, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            throw CommandFailure.Environment($"--delete-data: {failure.Message}; nothing was changed")
                .WithDetails(failure.Details);
        }
    }

    /// <summary>Takes the snapshot, then deletes. The lock prevents a deploy in between.</summary>
    /// <returns>The snapshot's path.</returns>
    /// <exception cref="CommandFailure">The deletion failed; the message says whether the data still
    /// exists.</exception>
    public async Task<string> RunAsync(LockRequest request, CancellationToken cancellationToken)
    {
        using var held = await request.AcquireAsync(target.Folder, "the data was not deleted", cancellationToken);
        RequireUnnamed();
        using var lines = new LiveLines(screen, time);
        var line = lines.Add($"saving {_all}");
        var path = await SaveAsync(cancellationToken);
        line.Update($"deleting {_all}");
        try
        {
            await Provisioner.RunAsync(
                ["delete", .. _arguments], new HeldOpenInput(path), PipeTarget.Null, cancellationToken);
        }
        catch (Exception e) when (DeployInterrupted.IsCausedBy(e, cancellationToken))
        {
            throw new DeployInterrupted(
                $"while data was being deleted: part of {_all} may be gone; all of it is saved in {path}; "
                    + "esb remove --delete-data continues",
                cancellationToken);
        }
        catch (CommandFailure failure)
        {
            var reported = CommandFailure.Environment(
                $"not everything was deleted: {failure.Message}",
                $"all of it is saved in {path}; esb remove --delete-data continues");
            throw reported.WithDetails(failure.Details);
        }

        line.Finish($"deleted      {_all}; saved in {path}");
        return path;
    }

    private void RequireUnnamed()
    {
        var diagnostics = new DiagnosticBag();
        if (ConfigurationFolder.Read(target.Folder, diagnostics) is not { } files)
            throw new CommandFailure(ExitCode.Failure, [.. diagnostics.Where(d => d.Severity == Severity.Error)]);
        if (names.FirstOrDefault(n => files.Entries.Any(n.Is)) is not { } named)
            return;
        var application = files.Entries.First(named.Is).Application;
        throw CommandFailure.Environment(
            $"{named} is still named in "
                + $"{target.Folder}{(application is null ? "" : $", by application '{application}'")}; "
                + "its data was not deleted",
            application is null
                ? "take it out of resources.yml first"
                : $"esb remove {application} --delete-data {named.Name}");
    }

    // Writes the whole snapshot to the disk before anything is deleted.
    private async Task<string> SaveAsync(CancellationToken cancellationToken)
    {
        OwnerOnlyFolder.Create(state.Snapshots);
        SnapshotPath.RemoveLeftovers(state.Snapshots);
        var path = SnapshotPath.New(state.Snapshots, names, time.GetUtcNow());
        var unfinished = path + SnapshotPath.Unfinished;
        try
        {
            await using (var file = new FileStream(unfinished, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            {
                await Provisioner.RunAsync(
                    ["snapshot", .. _arguments], PipeSource.Null, PipeTarget.ToStream(file), cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path);
            Fsync.Folder(state.Snapshots);
            return path;
        }
        catch (Exception e) when (DeployInterrupted.IsCausedBy(e, cancellationToken))
        {
            throw new DeployInterrupted(
                $"while {_all} was saved: the data was not deleted; esb remove --delete-data does that",
                cancellationToken);
        }
        catch (CommandFailure failure)
        {
            var reported = CommandFailure.Environment(
                $"no snapshot could be taken, so the data was not deleted: {failure.Message}");
            throw reported.WithDetails(failure.Details);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
