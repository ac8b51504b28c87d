using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>The result of a change, and whether it is served.</summary>
/// <param name="Transaction">The result of the transaction.</param>
/// <param name="Confirmation">The gateway's confirmation; null when there was no wait.</param>
internal sealed record StateOutcome(TransactionResult Transaction, Confirmation? Confirmation);

/// <summary>
/// Changes the three files without a template, with the steps of a deploy: lock, validation, provisioner, atomic
/// writes, a revision, confirmation by the gateway. A rollback and a removal differ in their plan and their messages.
/// </summary>
internal sealed class StateChange(
    StateRequest request, DeployTarget target, PlatformSettings settings, Screen screen, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The screen for text: silent with <c>--json</c>, whose only output is one document.</summary>
    public Screen Text { get; } = request.Json ? screen.WithoutOutput() : screen;

    /// <summary>The request for the folder's lock.</summary>
    /// <param name="watch">Receives each unsuccessful attempt.</param>
    public LockRequest Lock(LockWatch watch) => new(request.Purpose, request.LockTimeout, watch.OnWait);

    /// <summary>Creates the watch that reports a wait for the lock.</summary>
    public LockWatch Watch() => new(screen, request.LockTimeout, time);

    /// <summary>Runs the command, and reports errors and interruptions.</summary>
    /// <exception cref="CommandFailure">The command failed; nothing was changed.</exception>
    public async Task<int> ReportErrorsAsync(Func<Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (CommandFailure failure) when (failure.Diagnostics.Any(d => d.Line > 0))
        {
            return Refusal.Show(
                screen, failure.Diagnostics); // A damaged file in the configuration folder or in a revision.
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            screen.Note(DeployInterrupted.Describe(e));
            throw;
        }
    }

    /// <summary>Plans the change without the lock.</summary>
    /// <returns>Null when there are errors, which have been printed.</returns>
    public async Task<DeployPlan?> PlanAsync(Planning planning, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        if (await planning(target.Folder, diagnostics, cancellationToken) is { Plan: var plan })
            return plan;
        Refusal.Show(screen, diagnostics);
        return null;
    }

    /// <summary>Prints the changes of a plan.</summary>
    public void Show(DeployPlan plan, params IEnumerable<SummaryLine> more)
    {
        foreach (var line in PreviewTable.Lines(plan, request.Verbose, Text.Traits.Width))
            Text.Line(line);
        foreach (var line in more)
            Text.Line(line.ToString());
        PrintWarnings(plan);
    }

    /// <summary>Writes the plan, and waits until it is served.</summary>
    /// <param name="planning">Makes the plan once the lock is held.</param>
    /// <param name="again">The command to repeat once a platform runs.</param>
    /// <param name="done">Makes the last line from the result, the word <c>live</c> or <c>written</c>, and the time it
    /// took.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">The command failed; nothing was changed.</exception>
    public async Task<StateOutcome> WriteAsync(
        Planning planning,
        string again,
        Func<TransactionResult, string, string, string> done,
        CancellationToken cancellationToken)
    {
        RequireWritable();
        var watch = Watch();
        var result = await new DeployTransaction(target.Folder, target.Provisioner)
        {
            OwnerOnly = target.OwnerOnly,
            KeepRevisions = settings.KeepRevisions,
        }
            .RunAsync(planning, Lock(watch), cancellationToken);
        ReplacementLines.Print(result, watch.Line(), again, request.Verbose, Text);
        PrintWarnings(result.Plan);
        var confirmation = await GatewayWait.ForAsync(
            target, result.Plan.Hash, request.WaitTimeout, time, cancellationToken);
        if (!ServingReport.Refused(Text, target, result.Plan.Hash, confirmation))
        {
            Text.Line(done(
                result, confirmation is Live ? "live" : "written", DurationText.Waited(time.GetElapsedTime(_started))));
            ServingReport.Warn(Text, target, confirmation);
        }

        return new StateOutcome(result, confirmation);
    }

    /// <exception cref="CommandFailure">The folder cannot be written.</exception>
    public void RequireWritable()
    {
        FolderAccess.RequireWritable(target.Folder, create: false);
        KnownConfigurations.Add(settings.State, target.Folder);
    }

    /// <summary>The document of <c>--json</c>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="made">The number of the new revision.</param>
    /// <param name="to">The revision that a rollback restores.</param>
    /// <param name="snapshot">The snapshot of deleted data.</param>
    public void PrintJson(DeployPlan plan, int? made, int? to = null, string? snapshot = null)
    {
        if (!request.Json)
            return;
        var document = new StateOutput(
            To: to,
            Revision: made,
            ConfigDir: target.Folder,
            Configuration: plan.Hash,
            Changed: plan.Writes,
            Changes: ChangeOutputs.Changes(plan),
            Closed: ChangeOutputs.Closed(plan),
            Overlaps: ChangeOutputs.Overlaps(plan),
            Snapshot: snapshot);
        JsonOutput.Print(screen, document, OutputJson.Default.StateOutput);
    }

    // A closed route still receives its requests, and refuses them.
    private void PrintWarnings(DeployPlan plan)
    {
        foreach (var warning in NewlyClosedRoutes.Warnings(plan.NewlyClosed).Concat(plan.Doubts))
            screen.Report(warning);
    }
}
