using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Environments;

/// <summary>The options of <c>esb env remove</c>.</summary>
/// <param name="Name">The name of the environment or of its folder.</param>
internal sealed record EnvironmentRemovalRequest(string Name)
{
    /// <summary>The name again, for runs that cannot prompt.</summary>
    public string? Confirmed { get; init; }

    /// <summary>Do not ask first.</summary>
    public bool Yes { get; init; }

    public bool DryRun { get; init; }

    /// <summary>How long to wait for running deploys.</summary>
    public required TimeSpan LockTimeout { get; init; }
}

/// <summary>
/// Removes an environment of process mode that is down: its folder with configuration, data and credentials. It stops
/// no process and removes nothing outside the folder. The default environment is removed only when its name is
/// repeated.
/// </summary>
internal sealed class EnvironmentRemoval(
    EnvironmentRemovalRequest request, SettingSources sources, Screen screen, Func<string, string?> ask)
{
    private static readonly TimeSpan NoWait = TimeSpan.Zero;

    /// <exception cref="CommandFailure">The removal failed; the message says what is left.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!request.DryRun && RemovedFolders.RemoveLeftovers(StateFolder.RootOf(sources)) > 0)
            screen.Note("Removed what an interrupted esb env remove had left.");
        var list = EnvironmentList.Read(sources);
        var found = list.Require(request.Name);
        var isDefault = list.IsDefault(found);
        RequireRemovable(found, isDefault);
        Show(found, isDefault);
        if (request.DryRun)
        {
            screen.Line("Dry run: nothing was changed.");
            return ExitCode.Done;
        }

        if (!request.Yes && !IsConfirmed(found, isDefault))
        {
            screen.Note("Nothing was changed.");
            return ExitCode.Failure;
        }

        var bytes = await RemoveAsync(found, isDefault, cancellationToken);
        if (isDefault)
            list.ForgetDefault();
        var next = isDefault
            ? $" The default is now '{EnvironmentList.Read(sources).Default}'; esb env default NAME chooses another."
            : "";
        screen.Line($"Removed environment '{found.Name}': {Sizes.Of(bytes)} freed.{next}");
        return ExitCode.Done;
    }

    private void RequireRemovable(ListedEnvironment found, bool isDefault)
    {
        RequireDown(found);
        if (new DirectoryInfo(found.State.Path).LinkTarget is { } target)
            throw CommandFailure.Environment(
                $"{found.State.Display} is a link to {target}; nothing was changed",
                "remove that folder, then the link, by hand");
        if (request.Confirmed is { } confirmed && confirmed != found.Name && confirmed != found.State.Name)
            throw CommandFailure.Usage(
                $"--confirm {confirmed} confirms nothing", "it repeats the name of the environment to remove");
        if (request is { Yes: true, DryRun: false, Confirmed: null } && isDefault)
            throw CommandFailure.Usage(
                $"'{found.Name}' is the default environment, and --yes does not confirm that its data is deleted",
                $"repeat the name: --confirm {found.Name}");
    }

    private static void RequireDown(ListedEnvironment found)
    {
        var alive = PlatformState.Read(found.State)?.AllRunning() ?? [];
        if (alive.Count > 0)
        {
            var parts = alive.Select(c => ComponentNames.Of(c.Kind)).Distinct(StringComparer.Ordinal);
            throw CommandFailure.Environment(
                $"environment '{found.Name}' is running: {string.Join(", ", parts)}; nothing was changed",
                $"esb down --env {found.Name} stops it first");
        }
        if (File.Exists(found.State.UnitSettingsFile))
            throw CommandFailure.Environment(
                $"environment '{found.Name}' has units of systemd, which would start it again; nothing was changed",
                $"esb down --systemd --env {found.Name} removes them first");
    }

    private void Show(ListedEnvironment found, bool isDefault)
    {
        var goes = RemovedEnvironment.Of(found.State);
        screen.Line($"environment {found.Name}{(isDefault ? " (the default)" : "")}: {found.State.Display}, "
            + $"{Sizes.Of(goes.Bytes)}");
        foreach (var line in goes.Lines)
            screen.Line(line.ToString());
        foreach (var folder in goes.Elsewhere)
            screen.Warn(
                $"{folder} stays, but the code of this environment that it uses is removed",
                "deploy to it again if it is still served");
    }

    private bool IsConfirmed(ListedEnvironment found, bool isDefault) => isDefault
        ? ask($"This removes all data of the default environment. Type its name, {found.Name}, to continue: ")
            is { } typed
            && (typed == found.Name || typed == found.State.Name)
        : Question.IsYes(ask($"Remove environment '{found.Name}' with all its data? [y/N] "));

    // Locks out deploys, builds and starts. The folder is renamed first, so that the environment disappears in one
    // step.
    private async Task<long> RemoveAsync(ListedEnvironment found, bool isDefault, CancellationToken cancellationToken)
    {
        using var code = await StagedCodeUse.AloneAsync(found.State, screen, request.LockTimeout, cancellationToken);
        using var start = await LockAsync(found, cancellationToken);
        RequireRemovable(found, isDefault);
        var bytes = RemovedEnvironment.Of(found.State).Bytes;
        var renamed = RemovedFolders.NewPath(found.State.Root);
        try
        {
            Directory.Move(found.State.Path, renamed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Environment(
                $"{found.State.Display} cannot be removed: {e.Message}; nothing was changed");
        }

        try
        {
            FolderRemoval.Remove(renamed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Environment(
                $"environment '{found.Name}' is removed, but not all of its files are: {e.Message}",
                $"remove what is left in {renamed} by hand");
        }

        return bytes;
    }

    private static async Task<DeployLock> LockAsync(ListedEnvironment found, CancellationToken cancellationToken)
    {
        try
        {
            return await DeployLock.AcquireAsync(found.State.Path, "esb env remove", NoWait, null, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw CommandFailure.Environment(
                $"environment '{found.Name}' is in use: {e.Message}; nothing was changed",
                "wait until it is up or down");
        }
    }
}
