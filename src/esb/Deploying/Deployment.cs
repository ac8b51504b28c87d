using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>
/// One deploy from its source to live routes. Nothing shared is changed before the transaction; after it, only the
/// gateway is queried.
/// </summary>
internal sealed class Deployment(
    DeployRequest request, IDeploySource source, PlatformSettings settings, Screen screen, TimeProvider time)
{
    private readonly BuildFlow _flow = new(request, source, screen, time);

    /// <exception cref="CommandFailure">The command failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var target = source.Target;
        GeneratedFolder.RequireApart(request.OutputFolder, target.Folder);
        GeneratedFolder.RequireFiles(request.OutputFolder);
        foreach (var misspelt in MisspeltSettings.Of(settings))
            _flow.Diagnostics.Add(misspelt);
        if (_flow.Read() is not { } outline)
            return _flow.RefuseSource();
        // Folders are created only when the source is valid.
        if (!request.DryRun && !settings.IsInContainers)
            settings.State.Create();
        FolderAccess.RequireFolder(target.Folder);
        if (!request.DryRun)
            FolderAccess.RequireWritable(target.Folder, create: true, target.OwnerOnly);
        // From here on staged code may be reused, so a prune must not remove it before the files name it.
        using var code = request.DryRun
            ? null
            : await StagedCodeUse.ShareAsync(settings.State, screen, request.LockTimeout, cancellationToken);
        if (code is not null)
            KnownConfigurations.Add(settings.State, target.Folder);
        try
        {
            return await BuildAndDeployAsync(outline, cancellationToken);
        }
        catch (CommandFailure failure) when (failure.Diagnostics.Any(d => d.Line > 0))
        {
            return Refusal.Show(screen, failure.Diagnostics); // A damaged file in the configuration folder.
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            screen.Note(DeployInterrupted.Describe(e));
            throw;
        }
    }

    private async Task<int> BuildAndDeployAsync(DeployOutline outline, CancellationToken cancellationToken)
    {
        var (target, diagnostics) = (source.Target, _flow.Diagnostics);
        var summary = new DeploySummary(request, target, outline.Incoming, outline.Notes, _flow.Block);
        summary.Begin();
        var runtimes = RuntimeCheck.RunAsync(outline.Incoming, settings, cancellationToken);
        var incoming = (await _flow.BuildAsync(cancellationToken))?.Incoming;
        foreach (var warning in await runtimes)
            diagnostics.Add(warning);
        if (incoming is null || diagnostics.HasErrors)
            return _flow.RefuseBuild();
        RequireNamed(incoming);
        _flow.PrintWarnings();
        DeployReceipt Receipt(DeployPlan plan) => new(
            request.Environment,
            request.Templates,
            target.Folder,
            plan with { Concealed = diagnostics.Concealed },
            outline.Notes,
            [.. diagnostics]);
        return request.DryRun
            ? await PreviewAsync(target, incoming, diagnostics.Concealed, summary, Receipt, cancellationToken)
            : await DeployAsync(target, incoming, summary, Receipt, cancellationToken);
    }

    // The configuration in a bundle names its application.
    private void RequireNamed(IncomingConfiguration incoming)
    {
        if (request.From is not null
            && request.Reading.Application is { } named
            && incoming.Applications.FirstOrDefault(a => a != named) is { } other)
            throw CommandFailure.Usage(
                $"--stack is '{named}', and the bundle is of application '{other}'; nothing was changed",
                "name the application of the bundle, or make it again with esb bundle --stack");
    }

    private async Task<int> PreviewAsync(
        DeployTarget target,
        IncomingConfiguration incoming,
        ConcealedTexts concealed,
        DeploySummary summary,
        Func<DeployPlan, DeployReceipt> describe,
        CancellationToken cancellationToken)
    {
        var plan = await Transaction(target).PlanAsync(incoming, cancellationToken) with { Concealed = concealed };
        new DiagnosticPrinter(screen).Print(plan.Warnings);
        summary.Preview(plan);
        PrintJson(describe(plan));
        return request.ExitCodeShowsChanges && plan.Writes ? ExitCode.Changes : ExitCode.Done;
    }

    private async Task<int> DeployAsync(
        DeployTarget target,
        IncomingConfiguration incoming,
        DeploySummary summary,
        Func<DeployPlan, DeployReceipt> describe,
        CancellationToken cancellationToken)
    {
        GeneratedFolder.Write(request.OutputFolder, incoming);
        var watch = new LockWatch(screen, request.LockTimeout, time);
        var result = await Transaction(target).RunAsync(
            incoming,
            Origin(incoming),
            new LockRequest(request.Purpose, request.LockTimeout, watch.OnWait),
            cancellationToken);
        new DiagnosticPrinter(screen).Print(result.Plan.Warnings);
        var receipt = describe(result.Plan);
        if (result.Plan.Writes)
            GeneratedFolder.Write(
                request.OutputFolder,
                DeployReceipt.FileName,
                JsonOutput.File(receipt.ToOutput(), OutputJson.Default.DeployOutput));
        summary.Done(result, watch.Line());
        var confirmation = await GatewayWait.ForAsync(
            target, result.Plan.Hash, request.WaitTimeout, time, cancellationToken);
        summary.End(result.Plan, confirmation, _flow.Elapsed);
        PrintJson(receipt);
        return confirmation is NotServed ? ExitCode.Failure : ExitCode.Done;
    }

    private DeployTransaction Transaction(DeployTarget target) => new(target.Folder, target.Provisioner)
    {
        OwnerOnly = target.OwnerOnly,
        Strict = request.Reading.Strict,
        RunsFolders = !settings.IsInContainers,
        KeepRevisions = settings.KeepRevisions,
        NoTakeover = request.NoTakeover,
        Prune = request.Prune,
        Environment = settings.EnvironmentIsGiven ? settings.Environment : null,
        IsNamed = request.Reading.Application is not null,
        Begin = async (existing, diagnostics, token) => request.AllowLoss
            ? await StartingPoints.WithoutAsync(existing, target, token)
            : await StartingPoints.FindAsync(existing, target, diagnostics, token),
    };

    private RevisionOrigin Origin(IncomingConfiguration incoming) =>
        new(RevisionKind.Deploy, request.Purpose)
        {
            Templates = request.Templates,
            Environment = request.Environment,
            Applications = incoming.Applications,
            Sources = incoming.Sources,
        };

    private void PrintJson(DeployReceipt receipt)
    {
        if (request.Json)
            JsonOutput.Print(screen, receipt.ToOutput(), OutputJson.Default.DeployOutput);
    }
}
