using Esb.Cli.Deploying.Applications;
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
/// gateway. Requests that run come to their end. Tables and buckets are named no more, and what is stored in them stays.
/// </summary>
internal sealed class ApplicationRemoval(RemovalRequest request, PlatformSettings settings, Screen screen, Func<string, bool> confirm, TimeProvider time)
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
            if (request.DryRun || !request.Yes)
            {
                var diagnostics = new DiagnosticBag();
                if (await planning.PlanAsync(target.Folder, diagnostics, cancellationToken) is not { Plan: var plan })
                    return Refusal.Show(screen, diagnostics);
                if (request.DryRun)
                    return Preview(target, plan);
                Show(plan);
                if (!confirm($"Remove {request.Wanted.First().Name}{(request.Wanted.Count() > 1 ? $" and {request.Wanted.Count() - 1} more" : "")}? [y/N] "))
                {
                    screen.Note("Nothing was changed.");
                    return ExitCode.Failure;
                }
            }

            return await RunAsync(target, planning, cancellationToken);
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

    private int Preview(DeployTarget target, DeployPlan plan)
    {
        Show(plan);
        _text.Line($"Dry run: nothing was changed. Configuration would be {plan.Hash}.");
        PrintJson(target, plan, null);
        return request.TellByExitCode ? ExitCode.Changes : ExitCode.Done;
    }

    private void Show(DeployPlan plan)
    {
        foreach (var line in PreviewTable.Lines(plan, request.Verbose, _text.Traits.Width))
            _text.Line(line);
        SayClosed(plan);
    }

    private async Task<int> RunAsync(DeployTarget target, RemovalPlanning planning, CancellationToken cancellationToken)
    {
        FolderAccess.RequireWritable(target.Folder, create: false);
        KnownConfigurations.Add(settings.State, target.Folder);
        var watch = new LockWatch(screen, request.LockTimeout, time);
        var result = await new DeployTransaction(target.Folder, target.Provisioner) { OwnerOnly = target.OwnerOnly, KeepRevisions = settings.KeepRevisions }
            .RunAsync(planning.PlanAsync, new LockRequest(request.Purpose, request.LockTimeout, watch.OnWait), cancellationToken);
        ReplacementLines.Say(result, watch.Line(), "esb deploy what is left", request.Verbose, _text);
        SayClosed(result.Plan);
        var confirmation = await GatewayWait.ForAsync(target, result.Plan.Hash, request.WaitTimeout, time, cancellationToken);
        if (!ServingReport.Refused(_text, target, result.Plan.Hash, confirmation))
        {
            _text.Line($"Removed in {Spans.Waited(time.GetElapsedTime(_started))}, configuration {result.Plan.Hash} is {(confirmation is Live ? "live" : "written")} as revision {result.Revision}. esb rollback undoes it.");
            ServingReport.Warn(_text, target, confirmation);
        }

        PrintJson(target, result.Plan, result.Revision);
        return confirmation is NotServed ? ExitCode.Failure : ExitCode.Done;
    }

    // A route that nobody can answer takes its requests all the same, and refuses them.
    private void SayClosed(DeployPlan plan)
    {
        foreach (var warning in Closings.Warnings(plan.Closed).Concat(plan.Doubts))
            screen.Report(warning);
    }

    private void PrintJson(DeployTarget target, DeployPlan plan, int? made)
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
            json.WriteEndObject();
        });
    }
}
