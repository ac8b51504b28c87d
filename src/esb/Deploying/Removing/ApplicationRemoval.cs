using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Data;
using Esb.Cli.Deploying.Modes;
using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Removing;

/// <summary>
/// Takes an application, a function or a route out of the three files, the way a deploy changes them: lock, validation, atomic writes, a revision, confirmation by the
/// gateway. Requests that run come to their end. Tables and buckets are named no more; what is stored in them stays, unless it was
/// asked for by name.
/// </summary>
internal sealed class ApplicationRemoval(RemovalRequest request, PlatformSettings settings, Screen screen, Func<string, string?> ask, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly Screen _text = request.Json ? new Screen(TextWriter.Null, screen.Error, ScreenTraits.Plain) : screen;

    /// <exception cref="CommandFailure">It could not be done; nothing was changed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var target = IKeptCode.Of(settings).Target;
        var planning = new RemovalPlanning(request, target);
        try
        {
            var names = DataNames.Of(request, target.Folder);
            var data = names.Count == 0 ? null : new DataDeletion(names, target, settings.State, _text, time);
            if (data is not null)
                await data.RequireThereAsync(cancellationToken);
            if (request.DryRun || !request.Yes)
            {
                var diagnostics = new DiagnosticBag();
                if (await planning.PlanAsync(target.Folder, diagnostics, cancellationToken) is not { Plan: var plan })
                    return Refusal.Show(screen, diagnostics);
                if (request.DryRun)
                    return Preview(target, plan, names);
                Show(plan, names);
                if (!IsConfirmed(names))
                {
                    screen.Note("Nothing was changed.");
                    return ExitCode.Failure;
                }
            }

            return await RunAsync(target, planning, data, cancellationToken);
        }
        catch (CommandFailure failure) when (failure.Diagnostics.Any(d => d.Line > 0))
        {
            return Refusal.Show(screen, failure.Diagnostics); // A damaged file in the configuration folder.
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            screen.Note(e is DeployInterrupted told ? $"Interrupted {told.Message}." : "Interrupted: nothing was changed.");
            throw;
        }
    }

    // The name of what holds data is typed again, whatever else was confirmed.
    private bool IsConfirmed(IReadOnlyList<StoredName> names)
    {
        if (request.Wanted.Select(w => w.Name).ToList() is [var first, .. var more]
            && ask($"Remove {first}{(more.Count > 0 ? $" and {more.Count} more" : "")}? [y/N] ") is not ("y" or "Y" or "yes" or "Yes" or "YES"))
            return false;
        return names.All(n => ask($"All that {n} holds is deleted. Type its name to go on: ") == n.Name);
    }

    private int Preview(DeployTarget target, DeployPlan plan, IReadOnlyList<StoredName> names)
    {
        Show(plan, names);
        _text.Line($"Dry run: nothing was changed. Configuration would be {plan.Hash}.");
        PrintJson(target, plan, null, null);
        return request.TellByExitCode ? ExitCode.Changes : ExitCode.Done;
    }

    private void Show(DeployPlan plan, IReadOnlyList<StoredName> names)
    {
        foreach (var line in PreviewTable.Lines(plan, request.Verbose, _text.Traits.Width))
            _text.Line(line);
        foreach (var name in names)
            _text.Line(new SummaryLine("data", $"{name} deleted with all that it holds, after a snapshot").ToString());
        SayClosed(plan);
    }

    private async Task<int> RunAsync(DeployTarget target, RemovalPlanning planning, DataDeletion? data, CancellationToken cancellationToken)
    {
        FolderAccess.RequireWritable(target.Folder, create: false);
        KnownConfigurations.Add(settings.State, target.Folder);
        var watch = new LockWatch(screen, request.LockTimeout, time);
        var wait = new LockRequest(request.Purpose, request.LockTimeout, watch.OnWait);
        TransactionResult? result = null;
        Confirmation? confirmation = null;
        if (request.Wanted.Any())
        {
            result = await new DeployTransaction(target.Folder, target.Provisioner) { OwnerOnly = target.OwnerOnly, KeepRevisions = settings.KeepRevisions }
                .RunAsync(planning.PlanAsync, wait, cancellationToken);
            confirmation = await ConfirmAsync(target, result, watch, cancellationToken);
        }

        // Who still serves what was removed still needs its data.
        var isServed = confirmation is NotServed;
        var snapshot = data is null || isServed ? null : await data.RunAsync(wait, cancellationToken);
        if (isServed && data is not null)
            screen.Warn("the gateway did not take it, so no data was deleted", "esb remove --delete-data does that once it has");
        if (result is not null)
            PrintJson(target, result.Plan, result.Revision, snapshot);
        return isServed ? ExitCode.Failure : ExitCode.Done;
    }

    private async Task<Confirmation?> ConfirmAsync(DeployTarget target, TransactionResult result, LockWatch watch, CancellationToken cancellationToken)
    {
        ReplacementLines.Say(result, watch.Line(), "esb deploy what is left", request.Verbose, _text);
        SayClosed(result.Plan);
        var confirmation = await GatewayWait.ForAsync(target, result.Plan.Hash, request.WaitTimeout, time, cancellationToken);
        if (!ServingReport.Refused(_text, target, result.Plan.Hash, confirmation))
        {
            var state = confirmation is Live ? "live" : "written";
            _text.Line($"Removed in {Spans.Waited(time.GetElapsedTime(_started))}, configuration {result.Plan.Hash} is {state} as revision {result.Revision}. esb rollback undoes it.");
            ServingReport.Warn(_text, target, confirmation);
        }

        return confirmation;
    }

    // A route that nobody can answer takes its requests all the same, and refuses them.
    private void SayClosed(DeployPlan plan)
    {
        foreach (var warning in Closings.Warnings(plan.Closed).Concat(plan.Doubts))
            screen.Report(warning);
    }

    private void PrintJson(DeployTarget target, DeployPlan plan, int? made, string? snapshot)
    {
        if (!request.Json)
            return;
        JsonOutput.Print(screen, json =>
        {
            json.WriteStartObject();
            if (made is { } number)
                json.WriteNumber("revision", number);
            json.WriteString("config_dir", target.Folder);
            json.WriteString("configuration", plan.Hash);
            json.WriteBoolean("changed", plan.Writes);
            ChangeJson.Write(json, plan);
            if (snapshot is not null)
                json.WriteString("snapshot", snapshot);
            json.WriteEndObject();
        });
    }
}
