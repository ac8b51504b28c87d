using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Revisions;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The part of a deploy that changes shared state: lock, read again, merge, validate, resources, provisioner,
/// functions, routes. A failure restores all three files; the kernel releases the lock in any case.
/// </summary>
/// <param name="folder">The configuration folder; created when missing.</param>
/// <param name="provisioner">Null when there are no stores.</param>
internal sealed class DeployTransaction(string folder, IProvisioner? provisioner)
{
    /// <summary>
    /// Whether a new functions.yml or routing.yml is readable by its owner only, since the gateway runs as the same
    /// user. Otherwise new files are readable by all.
    /// </summary>
    public bool OwnerOnly { get; init; }

    /// <summary>Whether warnings are errors, for example about keys of the files that have no effect.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether functions run as processes, from folders of this machine.</summary>
    public bool RunsFolders { get; init; }

    /// <summary>The number of revisions to keep.</summary>
    public int KeepRevisions { get; init; } = RevisionStore.DefaultCount;

    /// <summary>Finds the starting point of a merge. The default is the content of the files.</summary>
    public Func<ConfigurationFolder, DiagnosticBag, CancellationToken, Task<StartingPoint?>>? Begin { get; init; }

    /// <summary>Whether a deploy that would take something over from another application is refused.</summary>
    public bool NoTakeover { get; init; }

    /// <summary>Whether the user named the application; otherwise its name is that of the template's folder.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether to remove entries of the deployed applications that their templates no longer name.</summary>
    public bool Prune { get; init; }

    /// <summary>
    /// The environment to mark the folder with; null for no mark. A folder of another environment ends the transaction.
    /// </summary>
    public string? Environment { get; init; }

    /// <summary>Merges the documents into the existing configuration.</summary>
    /// <exception cref="CommandFailure">The transaction failed; the files are unchanged.</exception>
    /// <exception cref="DeployInterrupted">The transaction was interrupted; the files are unchanged.</exception>
    public Task<TransactionResult> RunAsync(
        IncomingConfiguration incoming, LockRequest request, CancellationToken cancellationToken) =>
        RunAsync(incoming, new RevisionOrigin(RevisionKind.Deploy, request.Purpose), request, cancellationToken);

    /// <inheritdoc cref="RunAsync(IncomingConfiguration, LockRequest, CancellationToken)"/>
    public Task<TransactionResult> RunAsync(
        IncomingConfiguration incoming,
        RevisionOrigin origin,
        LockRequest request,
        CancellationToken cancellationToken) =>
        RunAsync(
            async (_, diagnostics, token) => await MergeAsync(incoming, diagnostics, token) is { } plan
                ? new PlannedChange(plan, origin)
                : null, request, cancellationToken);

    /// <summary>Makes the plan once the lock is held, and writes it.</summary>
    /// <exception cref="CommandFailure">The transaction failed; the files are unchanged.</exception>
    /// <exception cref="DeployInterrupted">The transaction was interrupted; the files are unchanged.</exception>
    public async Task<TransactionResult> RunAsync(
        Planning planning, LockRequest request, CancellationToken cancellationToken)
    {
        using var held = await request.AcquireAsync(folder, "nothing was changed", cancellationToken);
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
            // The rest takes milliseconds and is not cancelled halfway.
            held.Verify();
            files.Commit(plan.Functions);
            files.Commit(plan.Routing);
            files.CommitMark();
            revisions.KeepWritten(KeepRevisions);
            return new TransactionResult(plan, provisioned, revisions.Number);
        }
        catch (Exception e)
        {
            var remaining = string.Join(" and ", files.Undo());
            revisions.Undo();
            if (remaining.Length > 0)
                throw WrittenFiles.Failure(
                    $"{e.Message}; {remaining} could not be put back and has this deploy's content", "deploy again");
            if (e is IOException or UnauthorizedAccessException)
                throw WrittenFiles.Failure(
                    $"CONFIG_DIR '{folder}': {e.Message}; nothing was changed",
                    Directory.Exists(folder) ? "fix that and deploy again" : "deploy again, which creates the folder");
            throw;
        }
    }

    /// <summary>Plans a deploy without writing anything.</summary>
    /// <exception cref="CommandFailure">A file is damaged, or the result would be.</exception>
    public async Task<DeployPlan> PlanAsync(IncomingConfiguration incoming, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag { WarningsAreErrors = Strict };
        return await MergeAsync(incoming, diagnostics, cancellationToken) ?? throw Refused(diagnostics);
    }

    private async Task<DeployPlan?> MergeAsync(
        IncomingConfiguration incoming, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (ConfigurationFolder.Read(folder, diagnostics) is not { } existing)
            return null;
        List<Diagnostic> warnings = [.. diagnostics.Where(d => d.Severity == Severity.Warning)];
        var start =
            Begin is null ? StartingPoint.OfFiles(existing) : await Begin(existing, diagnostics, cancellationToken);
        if (start is null || DeployPlan.Of(start.Existing, incoming, diagnostics, Prune) is not { } plan)
            return null;
        var revisions = new RevisionStore(folder).All();
        var deployed = DeployedApplications.At(revisions);
        if (plan.Takeovers.Any())
            plan = plan with { Origins = DeployedApplications.Texts(deployed, DateTimeOffset.UtcNow) };
        if (NoTakeover && TakeoverLines.Refusal(
            plan.Origins, plan.Takeovers, plan.Opened, plan.Overlaps, plan.DefaultsOfOthers) is { } refusal)
            throw refusal;
        List<Diagnostic> doubts =
        [
            .. plan.Doubts,
            .. RunsFolders ? UnstartableFunction.Warnings(plan.FunctionsAfter) : [],
            .. SharedDefaults.Inherited(
                plan.Functions.Changes,
                start.Existing.Functions.Document,
                DeployedApplications.Owners(revisions),
                incoming.Applications),
            .. TakeoverLines.FromElsewhere(start.Existing.Entries, incoming.Sources, deployed, IsNamed),
        ];
        foreach (var doubt in doubts)
            diagnostics.Add(doubt);
        if (diagnostics.HasErrors)
            return null;
        // References to functions that no template has are reported only now, since the platform may have had them.
        warnings.AddRange(diagnostics.Except(warnings)
            .Where(d => d is { Severity: Severity.Warning, Code: DiagnosticCodes.UnknownReference }));
        warnings.AddRange(doubts);
        return plan with { Start = start, Warnings = warnings };
    }

    private static CommandFailure Refused(DiagnosticBag diagnostics) =>
        new(ExitCode.Failure, [.. diagnostics.Where(d => d.Severity == Severity.Error)]);

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
            // Leftovers are harmless; the next write shows whether the folder is writable.
        }
    }

    // The provisioner runs even when nothing changed, so that a removed table is created again.
    private async Task<ProvisionerOutput?> ProvisionAsync(CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(folder, ConfigurationFiles.Resources);
        if (provisioner is null || !ExistenceCheck.IsFile(manifest))
            return null;
        try
        {
            var output = await provisioner.RunAsync(folder, manifest, lookOnly: false, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return output;
        }
        catch (Exception e) when (DeployInterrupted.IsCausedBy(e, cancellationToken))
        {
            throw new DeployInterrupted(
                "while the provisioner ran: functions, routes and resources.yml are as before; "
                    + "tables and buckets that it had made stay", cancellationToken);
        }
    }
}
