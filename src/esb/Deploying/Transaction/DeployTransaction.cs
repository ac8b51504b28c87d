using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Revisions;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What a transaction did.</summary>
/// <param name="Plan">What was merged, and what was written of it.</param>
/// <param name="Provisioned">What the provisioner said; null when it did not run.</param>
/// <param name="Revision">Of what stands in the files now; null when nothing was written.</param>
internal sealed record TransactionResult(DeployPlan Plan, ProvisionerOutput? Provisioned, int? Revision);

/// <summary>What is to be written, and how the revision that it becomes is called.</summary>
internal sealed record PlannedChange(DeployPlan Plan, RevisionOrigin Origin);

/// <summary>Makes a plan of what stands in the folder. Asked once the lock is held; an error in the diagnostics ends the transaction with nothing changed.</summary>
internal delegate Task<PlannedChange?> Planning(string folder, DiagnosticBag diagnostics, CancellationToken cancellationToken);

/// <summary>How long somebody else is waited for.</summary>
/// <param name="Purpose">What others read who wait for this deploy.</param>
/// <param name="Timeout">After which it gives up.</param>
/// <param name="OnWait">Hears about each unsuccessful try.</param>
internal sealed record LockRequest(string Purpose, TimeSpan Timeout, Action<LockWait>? OnWait);

/// <summary>
/// The part of a deploy that others see: lock, read again, merge, validate, resources, provisioner, functions, routes. A failure
/// puts back what was written, so that it leaves all three files as they were; the kernel frees the lock however this ends.
/// </summary>
/// <param name="folder">The configuration folder; made when it is not there.</param>
/// <param name="provisioner">Null: there are no stores to make anything in.</param>
internal sealed class DeployTransaction(string folder, IProvisioner? provisioner)
{
    /// <summary>A new functions.yml is readable for its owner alone: the gateway runs as the same user. Otherwise new files are readable for all.</summary>
    public bool OwnerOnly { get; init; }

    /// <summary>What stands in the files and nobody reads ends it.</summary>
    public bool Strict { get; init; }

    /// <summary>How many revisions stay.</summary>
    public int KeepRevisions { get; init; } = RevisionStore.UsualCount;

    /// <summary>Finds what a merge begins with; asked once the lock is held. Without it, that is what stands in the files.</summary>
    public Func<ConfigurationFolder, DiagnosticBag, CancellationToken, Task<StartingPoint?>>? Begin { get; init; }

    /// <summary>Nothing that is another application's is taken.</summary>
    public bool NoTakeover { get; init; }

    /// <summary>The application was named by the user, and not by the folder that a template stands in.</summary>
    public bool IsNamed { get; init; }

    /// <summary>What the applications of the deploy had and no longer name goes.</summary>
    public bool Prune { get; init; }

    /// <summary>The environment that the folder is marked as; null: whatever it is. A folder of another environment ends the transaction.</summary>
    public string? Environment { get; init; }

    /// <summary>Merges the documents into what is there.</summary>
    /// <exception cref="CommandFailure">It could not be done; the files are as they were.</exception>
    /// <exception cref="DeployInterrupted">It was stopped; the files are as they were.</exception>
    public Task<TransactionResult> RunAsync(IncomingConfiguration incoming, LockRequest request, CancellationToken cancellationToken) =>
        RunAsync(incoming, new RevisionOrigin(RevisionKind.Deploy, request.Purpose), request, cancellationToken);

    /// <inheritdoc cref="RunAsync(IncomingConfiguration, LockRequest, CancellationToken)"/>
    public Task<TransactionResult> RunAsync(IncomingConfiguration incoming, RevisionOrigin origin, LockRequest request, CancellationToken cancellationToken) =>
        RunAsync(
            async (_, diagnostics, token) => await MergeAsync(incoming, diagnostics, token) is { } plan ? new PlannedChange(plan, origin) : null, request, cancellationToken);

    /// <summary>Writes whatever is planned.</summary>
    /// <exception cref="CommandFailure">It could not be done; the files are as they were.</exception>
    /// <exception cref="DeployInterrupted">It was stopped; the files are as they were.</exception>
    public async Task<TransactionResult> RunAsync(Planning planning, LockRequest request, CancellationToken cancellationToken)
    {
        using var held = await FolderLock.AcquireAsync(folder, request, "nothing was changed", cancellationToken);
        RemoveLeftovers();
        if (Environment is not null)
            EnvironmentMark.Require(folder, Environment);
        var diagnostics = new DiagnosticBag { WarningsAreErrors = Strict };
        var (plan, origin) = await planning(folder, diagnostics, cancellationToken) ?? throw Refused(diagnostics);
        using var files = WrittenFiles.Prepare(folder, plan, OwnerOnly, Environment);
        using var revisions = KeptRevisions.Prepare(folder, plan, origin);
        try
        {
            held.Verify();
            if (Strict && plan.HasResources)
                await StrictStores.RequireAsync(provisioner, folder, files.Prepared(plan.Resources), cancellationToken);
            revisions.KeepFound();
            files.Commit(plan.Resources);
            var provisioned = await ProvisionAsync(cancellationToken);
            // From here on it is a matter of milliseconds: not stopped halfway.
            held.Verify();
            files.Commit(plan.Functions);
            files.Commit(plan.Routing);
            files.CommitMark();
            revisions.KeepWritten(KeepRevisions);
            return new TransactionResult(plan, provisioned, revisions.Number);
        }
        catch (Exception e)
        {
            var remaining = files.Undo();
            revisions.Undo();
            if (remaining.Count > 0)
                throw WrittenFiles.Failure($"{e.Message}; {string.Join(" and ", remaining)} could not be put back and has this deploy's content", "deploy again");
            if (e is IOException or UnauthorizedAccessException)
                throw WrittenFiles.Failure($"CONFIG_DIR '{folder}': {e.Message}; nothing was changed", Directory.Exists(folder) ? "mend that and deploy again" : "the folder is gone; deploy again makes it anew");
            throw;
        }
    }

    /// <summary>What a deploy would write now; reads only.</summary>
    /// <exception cref="CommandFailure">A file is damaged, or the result would be.</exception>
    public async Task<DeployPlan> PlanAsync(IncomingConfiguration incoming, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag { WarningsAreErrors = Strict };
        return await MergeAsync(incoming, diagnostics, cancellationToken) ?? throw Refused(diagnostics);
    }

    private async Task<DeployPlan?> MergeAsync(IncomingConfiguration incoming, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (ConfigurationFolder.Read(folder, diagnostics) is not { } existing)
            return null;
        List<Diagnostic> warnings = [.. diagnostics.Where(d => d.Severity == Severity.Warning)];
        var start = Begin is null ? StartingPoint.OfFiles(existing) : await Begin(existing, diagnostics, cancellationToken);
        if (start is null || DeployPlan.Of(start.Existing, incoming, diagnostics, Prune) is not { } plan)
            return null;
        var revisions = new RevisionStore(folder).All();
        var deployed = DeployedApplications.At(revisions);
        if (plan.Takeovers.Any())
            plan = plan with { Origins = DeployedApplications.Texts(deployed, DateTimeOffset.UtcNow) };
        if (NoTakeover && TakeoverLines.Refusal(plan.Origins, plan.Takeovers, plan.Opened, plan.Overlaps, plan.DefaultsOfOthers) is { } refusal)
            throw refusal;
        List<Diagnostic> doubts =
        [
            .. plan.Doubts,
            .. SharedDefaults.Inherited(plan.Functions.Changes, start.Existing.Functions.Document, DeployedApplications.WhoBrought(revisions), incoming.Applications),
            .. TakeoverLines.FromElsewhere(start.Existing.Entries, incoming.Sources, deployed, IsNamed),
        ];
        foreach (var doubt in doubts)
            diagnostics.Add(doubt);
        if (diagnostics.HasErrors)
            return null;
        // A function that is named and is in none of the templates may have been there.
        warnings.AddRange(diagnostics.Where(d => d is { Severity: Severity.Warning, Code: DiagnosticCodes.UnknownReference }).Except(warnings));
        warnings.AddRange(doubts);
        return plan with { Start = start, Warnings = warnings };
    }

    private static CommandFailure Refused(DiagnosticBag diagnostics) => new(ExitCode.Failure, [.. diagnostics.Where(d => d.Severity == Severity.Error)]);

    private void RemoveLeftovers()
    {
        try
        {
            foreach (var name in (string[])[.. ConfigurationFiles.Names, EnvironmentMark.FileName])
                FileReplacement.RemoveLeftovers(Path.Combine(folder, name));
            new RevisionStore(folder).RemoveLeftovers();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They do no harm; whether the folder can be written to shows in a moment.
        }
    }

    // Each time, also when nothing changed: a table that somebody removed comes back.
    private async Task<ProvisionerOutput?> ProvisionAsync(CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(folder, ConfigurationFiles.Resources);
        if (provisioner is null || !Presence.IsFile(manifest))
            return null;
        try
        {
            var output = await provisioner.RunAsync(folder, manifest, lookOnly: false, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return output;
        }
        catch (Exception e) when (e is OperationCanceledException or CommandFailure && cancellationToken.IsCancellationRequested)
        {
            // A terminal sends Ctrl-C to the provisioner as well, whose own end may be seen first.
            throw new DeployInterrupted("while the provisioner ran: functions, routes and resources.yml are as before; tables and buckets that it had made stay", cancellationToken);
        }
    }
}
