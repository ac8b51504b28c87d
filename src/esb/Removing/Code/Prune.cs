using System.Text;
using Esb.Cli.Containers;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Modes;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Removing.Code;

/// <summary>
/// One <c>esb prune</c>: waits for builds and deploys, checks that the gateway serves the content of the files, then
/// removes.
/// </summary>
internal sealed class Prune(PruneRequest request, PlatformSettings settings, Screen screen, TimeProvider time)
{
    private static readonly TimeSpan GatewayTimeout = TimeSpan.FromSeconds(10);

    private LockRequest Lock =>
        new(PruneRequest.Purpose, request.LockTimeout, new LockWatch(screen, request.LockTimeout, time).OnWait);

    /// <exception cref="CommandFailure">The prune failed; nothing was removed.</exception>
    public async Task<PruneResult> RunAsync(CancellationToken cancellationToken)
    {
        var target = ICodeAvailability.Of(settings).Target;
        settings.State.Create();
        using var code = await StagedCodeUse.AloneAsync(settings.State, screen, request.LockTimeout, cancellationToken);
        using var held = ExistenceCheck.IsFolder(target.Folder)
            ? await Lock.AcquireAsync(target.Folder, "nothing was removed", cancellationToken)
            : null;
        var served = await RequireServedAsync(target, cancellationToken);
        var engine = settings.IsInContainers ? new DockerEngine() : null;
        return await new UnusedCodeRemoval(request, settings, target.Folder, engine)
        {
            Served = served,
        }.RunAsync(cancellationToken);
    }

    // A gateway that refused or lost the newest files still serves the previous ones, whose code the newest files may
    // not name.
    /// <returns>A served configuration that is in no file.</returns>
    private async Task<string> RequireServedAsync(DeployTarget target, CancellationToken cancellationToken)
    {
        var damaged = new DiagnosticBag();
        var state = ConfigurationFolder.ReadDamaged(target.Folder, damaged);
        if (damaged.FirstOrDefault(d => d.Code == DiagnosticCodes.FileAccess) is { } unread)
            throw new CommandFailure(
                ExitCode.Failure, [unread with { Message = $"nothing was removed: {unread.Message}" }]);
        if (state.IsUnread || state.Missing.Contains(ConfigurationFiles.Functions))
            return await AskAsync(target, cancellationToken);
        if (await GatewayWait.ForAsync(
            target, state.Hash, GatewayTimeout, time, cancellationToken) is NotServed refused)
            throw CommandFailure.Environment(
                $"nothing was removed: the gateway does not serve what is in {target.Folder}, "
                    + $"so what it serves may need the code: {refused.Reason}",
                "fix the files, or esb rollback, then esb prune again");
        return "";
    }

    private static async Task<string> AskAsync(DeployTarget target, CancellationToken cancellationToken) =>
        await ServedQuestion.AskAsync(target, cancellationToken) switch
        {
            ServedInFull { Documents: var documents } => Encoding.UTF8.GetString(documents.Functions),
            ServedWithheld { Reason: var reason } => throw CommandFailure.Environment(
                $"nothing was removed: {ConfigurationFiles.Functions} is not in {target.Folder}, and the gateway, "
                    + $"which may serve what was there, does not report it: {reason}",
                "put the file back, or esb rollback, then esb prune again"),
            _ => "",
        };
}
