using Esb.Cli.Deploying.Modes;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>Puts the three files back to what a revision says, the way a deploy changes them: lock, validation, provisioner, atomic writes, confirmation by the gateway.</summary>
internal sealed class Rollback(RollbackRequest request, PlatformSettings settings, Screen screen, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly Screen _text = request.Json ? new Screen(TextWriter.Null, screen.Error, ScreenTraits.Plain) : screen;

    /// <exception cref="CommandFailure">It could not be done; nothing was changed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var code = IKeptCode.Of(settings);
        var planning = new RollbackPlanning(request, code);
        try
        {
            return request.DryRun ? await PreviewAsync(code.Target, planning, cancellationToken) : await RunAsync(code.Target, planning, cancellationToken);
        }
        catch (CommandFailure failure) when (failure.Diagnostics.Any(d => d.Line > 0))
        {
            return Refusal.Show(screen, failure.Diagnostics); // A damaged file in the revision.
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            screen.Note(e is DeployInterrupted told ? $"Interrupted {told.Message}." : "Interrupted: nothing was changed.");
            throw;
        }
    }

    private async Task<int> PreviewAsync(DeployTarget target, RollbackPlanning planning, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        if (await planning.PlanAsync(target.Folder, diagnostics, cancellationToken) is not { Plan: var plan })
            return Refusal.Show(screen, diagnostics);
        new RollbackSummary(planning.Target!, target, request.Verbose, _text).Preview(plan);
        PrintJson(planning, target, plan, null);
        return request.TellByExitCode && plan.Writes ? ExitCode.Changes : ExitCode.Done;
    }

    private async Task<int> RunAsync(DeployTarget target, RollbackPlanning planning, CancellationToken cancellationToken)
    {
        RevisionChoice.RequireAny(new RevisionStore(target.Folder).All());
        FolderAccess.RequireWritable(target.Folder, create: false);
        // The code that the revision names must not be removed between the look and the end.
        using var use = await StagedCodeUse.ShareAsync(settings.State, screen, request.LockTimeout, cancellationToken);
        KnownConfigurations.Add(settings.State, target.Folder);
        var watch = new LockWatch(screen, request.LockTimeout, time);
        var result = await new DeployTransaction(target.Folder, target.Provisioner) { OwnerOnly = target.OwnerOnly, KeepRevisions = settings.KeepRevisions }
            .RunAsync(planning.PlanAsync, new LockRequest(request.Purpose, request.LockTimeout, watch.OnWait), cancellationToken);
        var summary = new RollbackSummary(planning.Target!, target, request.Verbose, _text);
        summary.Done(result, watch.Line());
        var confirmation = await GatewayWait.ForAsync(target, result.Plan.Hash, request.WaitTimeout, time, cancellationToken);
        summary.End(result, confirmation, time.GetElapsedTime(_started));
        PrintJson(planning, target, result.Plan, result.Revision);
        return confirmation is NotServed ? ExitCode.Failure : ExitCode.Done;
    }

    private void PrintJson(RollbackPlanning planning, DeployTarget target, DeployPlan plan, int? made)
    {
        if (!request.Json)
            return;
        JsonOutput.Print(screen, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("to", planning.Target!.Number);
            if (made is { } number)
                json.WriteNumber("revision", number);
            json.WriteString("config_dir", target.Folder);
            json.WriteString("configuration", plan.Hash);
            json.WriteBoolean("changed", plan.Writes);
            ChangeJson.Write(json, plan);
            json.WriteEndObject();
        });
    }
}
