using CliWrap;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Terminal;
using Esb.Host.Files;

namespace Esb.Cli.Removing.Data;

/// <summary>
/// Restores a snapshot into existing tables and buckets. Items with the same key are replaced; all others stay.
/// </summary>
internal sealed class DataRestore(string path, DeployTarget target, Screen screen, TimeProvider time)
{
    /// <exception cref="CommandFailure">The command failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        const string Help = "esb remove --delete-data said where the snapshot is";
        if (OrdinaryFile.Instead(path) is { } other)
            throw CommandFailure.Usage($"{path} is {other}, not a file", Help);
        if (!File.Exists(path))
            throw CommandFailure.Usage($"there is no file {path}", Help);
        var provisioner = target.Provisioner ?? throw CommandFailure.Environment(
            "no platform is running, so there is nothing to restore into", target.HowToStart);
        using var lines = new LiveLines(screen, time);
        var line = lines.Add($"reading {path}");
        try
        {
            await provisioner.RunAsync(["check"], PipeSource.FromFile(path), PipeTarget.Null, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            var reported = CommandFailure.Environment(
                $"{path} was not restored; nothing was changed: {failure.Message}",
                "a table or bucket that is gone comes back with esb rollback, or with a deploy that names it");
            throw reported.WithDetails(failure.Details);
        }

        line.Update($"restoring {path}");
        var done = await RestoreAsync(provisioner, cancellationToken);
        line.Finish($"restored     {string.Join(", ", done)}");
        return ExitCode.Done;
    }

    private async Task<IReadOnlyList<string>> RestoreAsync(
        IProvisioner provisioner, CancellationToken cancellationToken)
    {
        try
        {
            return await provisioner.RunAsync(
                ["restore"], PipeSource.FromFile(path), PipeTarget.Null, cancellationToken);
        }
        catch (Exception e) when (DeployInterrupted.IsCausedBy(e, cancellationToken))
        {
            screen.Note("Interrupted: part of the snapshot was restored. esb restore of the same file continues.");
            throw;
        }
    }
}
