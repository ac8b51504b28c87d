using Esb.AdminProtocol.Stores;
using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Files;

namespace Esb.Cli.Backups;

/// <summary>The options of <c>esb restore</c> about a backup.</summary>
/// <param name="Path">The file.</param>
internal sealed record RestoreRequest(string Path)
{
    /// <summary>Do not ask first.</summary>
    public bool Yes { get; init; }

    /// <summary>The name of the environment whose data is replaced, for runs that cannot prompt.</summary>
    public string? Confirmed { get; init; }

    /// <summary>Whether questions can be asked.</summary>
    public required bool CanAsk { get; init; }
}

/// <summary>Replaces all data of the stores by that of a backup.</summary>
internal sealed class RestoreRun(
    RestoreRequest request, PlatformSettings settings, Screen screen, Func<string, string?> ask, TimeProvider time)
{
    /// <returns>Null if the user did not confirm it.</returns>
    /// <exception cref="CommandFailure">It was not restored; the data is what it was.</exception>
    public async Task<RestoreOutput?> RunAsync(CancellationToken cancellationToken)
    {
        var name = settings.EnvironmentName;
        if (request.Confirmed is { } confirmed && !IsName(confirmed))
            throw CommandFailure.Usage(
                $"--confirm {confirmed} confirms nothing", $"it repeats the name of the environment, {name}");
        var manifest = ArchiveHead.Read(request.Path);
        var stores = StoresOfPlatform.Find(settings);
        using var connection = stores as IDisposable;
        var replaced = await stores.CountAsync(cancellationToken);
        if (!replaced.IsEmpty && !IsConfirmed(manifest, replaced, name))
            return null;
        await RestoreAsync(stores, manifest, cancellationToken);
        return RestoreOutput.Of(request.Path, manifest, replaced);
    }

    private bool IsConfirmed(BackupManifest manifest, StoreContents replaced, string name)
    {
        if (request.Confirmed is not null && request.Yes)
            return true;
        if (request.Yes)
            throw CommandFailure.Usage(
                $"the restore replaces all data of environment '{name}' ({ContentsText.Of(replaced)}), and --yes does "
                    + "not confirm that",
                $"repeat the name: --confirm {name}");
        if (!request.CanAsk)
            throw CommandFailure.Usage(
                $"the restore replaces all data of environment '{name}' ({ContentsText.Of(replaced)}), and cannot be "
                    + "confirmed here",
                $"give --yes --confirm {name}");
        screen.Line($"backup of {manifest.CreatedAt:yyyy-MM-dd HH:mm:ss}Z: {ContentsText.Of(manifest.Contents)}");
        screen.Line($"environment {name}: {ContentsText.Of(replaced)}");
        return ask($"It replaces everything in the stores of environment '{name}'. Type its name to continue: ")
            is { } typed && IsName(typed);
    }

    // An environment is known by its own name and by that of its folder.
    private bool IsName(string text) => text == settings.EnvironmentName || text == settings.State.Name;

    private async Task RestoreAsync(IStoresAdmin stores, BackupManifest manifest, CancellationToken cancellationToken)
    {
        using var lines = new LiveLines(screen, time);
        var line = lines.Add($"reading {request.Path}");
        await using var file = OrdinaryFile.Open(request.Path);
        await using var progress = new TransferProgress(file, line, $"reading {request.Path}", file.Length);
        try
        {
            await stores.RestoreAsync(progress, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            throw CommandFailure.Environment(
                $"{request.Path} was not restored: {failure.Message}", failure.Diagnostics[0].Help)
                .WithDetails(failure.Details);
        }

        line.Finish($"restored     {ContentsText.Of(manifest.Contents)} of {manifest.CreatedAt:yyyy-MM-dd HH:mm:ss}Z");
    }
}
