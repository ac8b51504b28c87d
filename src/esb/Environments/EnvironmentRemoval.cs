using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Environments;

/// <summary>What <c>esb env remove</c> was asked to do.</summary>
/// <param name="Name">The environment, by its name or that of its folder.</param>
internal sealed record EnvironmentRemovalRequest(string Name)
{
    /// <summary>The name once more, where nobody can be asked to type it.</summary>
    public string? Confirmed { get; init; }

    /// <summary>Do not ask first.</summary>
    public bool Yes { get; init; }

    public bool DryRun { get; init; }

    /// <summary>How long deploys that are under way are waited for.</summary>
    public required TimeSpan LockTimeout { get; init; }
}

/// <summary>
/// Removes an environment of process mode that is down: its folder, with its configuration, its data and its credentials. Nothing that runs is ended, and nothing outside of the folder is
/// removed. The data of the environment that is meant without a name goes only when the name is said again.
/// </summary>
internal sealed class EnvironmentRemoval(EnvironmentRemovalRequest request, SettingSources sources, Screen screen, Func<string, string?> ask)
{
    private static readonly TimeSpan NoWait = TimeSpan.Zero;

    /// <exception cref="CommandFailure">It could not be done; the message says what is left.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
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
        screen.Line($"Removed environment '{found.Name}': {Sizes.Of(bytes)} freed.{(isDefault ? $" Without --env it is '{EnvironmentList.Read(sources).Default}' now; esb env default NAME chooses another." : "")}");
        return ExitCode.Done;
    }

    private void RequireRemovable(ListedEnvironment found, bool isDefault)
    {
        RequireDown(found);
        if (new DirectoryInfo(found.State.Path).LinkTarget is { } target)
            throw CommandFailure.Environment($"{found.State.Display} is a link to {target}; nothing was changed", "remove that folder, then the link, by hand");
        if (request.Confirmed is { } confirmed && confirmed != found.Name && confirmed != found.State.Name)
            throw CommandFailure.Usage($"--confirm {confirmed} confirms nothing", "it repeats the name of the environment that goes");
        if (request is { Yes: true, DryRun: false, Confirmed: null } && isDefault)
            throw CommandFailure.Usage($"'{found.Name}' is the default environment, and --yes does not confirm that its data go", $"say the name again: --confirm {found.Name}");
    }

    private static void RequireDown(ListedEnvironment found)
    {
        var alive = PlatformState.Read(found.State)?.AllRunning() ?? [];
        if (alive.Count > 0)
            throw CommandFailure.Environment(
                $"environment '{found.Name}' runs: {string.Join(", ", alive.Select(c => ComponentNames.Of(c.Kind)).Distinct(StringComparer.Ordinal))}; nothing was changed", $"esb down --env {found.Name} stops it first");
        if (File.Exists(found.State.UnitSettingsFile))
            throw CommandFailure.Environment($"environment '{found.Name}' has units of systemd, which would start it again; nothing was changed", $"esb down --systemd --env {found.Name} removes them first");
    }

    private void Show(ListedEnvironment found, bool isDefault)
    {
        var goes = RemovedEnvironment.Of(found.State);
        screen.Line($"environment {found.Name}{(isDefault ? " (the default)" : "")}: {found.State.Display}, {Sizes.Of(goes.Bytes)}");
        foreach (var line in goes.Lines)
            screen.Line(line.ToString());
        foreach (var folder in goes.Elsewhere)
            screen.Warn($"{folder} stays, and what it names of the code of this environment goes", "deploy to it again if it is still served");
    }

    private bool IsConfirmed(ListedEnvironment found, bool isDefault) => isDefault
        ? ask($"All that the default environment holds is removed. Type its name, {found.Name}, to go on: ") is { } typed && (typed == found.Name || typed == found.State.Name)
        : Question.IsYes(ask($"Remove environment '{found.Name}' with all that it holds? [y/N] "));

    // Nobody deploys, builds or starts it meanwhile; in one step for whoever looks, then file by file.
    private async Task<long> RemoveAsync(ListedEnvironment found, bool isDefault, CancellationToken cancellationToken)
    {
        using var code = await StagedCodeUse.AloneAsync(found.State, screen, request.LockTimeout, cancellationToken);
        using var start = await AloneAsync(found, cancellationToken);
        RequireRemovable(found, isDefault);
        var bytes = RemovedEnvironment.Of(found.State).Bytes;
        var doomed = Path.Combine(found.State.Root, $".removed-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            Directory.Move(found.State.Path, doomed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Environment($"{found.State.Display} cannot be removed: {e.Message}; nothing was changed");
        }

        try
        {
            FolderRemoval.Remove(doomed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Environment($"environment '{found.Name}' is removed, but not all of its files are: {e.Message}", $"remove what is left in {doomed} by hand");
        }

        return bytes;
    }

    private static async Task<DeployLock> AloneAsync(ListedEnvironment found, CancellationToken cancellationToken)
    {
        try
        {
            return await DeployLock.AcquireAsync(found.State.Path, "esb env remove", NoWait, null, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw CommandFailure.Environment($"environment '{found.Name}' is in use: {e.Message}; nothing was changed", "wait until it is up or down");
        }
    }
}
