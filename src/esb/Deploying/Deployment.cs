using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Templates;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying;

/// <summary>
/// One deploy from its source to live routes. Up to the transaction nothing shared is touched; after it only the gateway is asked.
/// </summary>
internal sealed class Deployment(DeployRequest request, IDeploySource source, Screen screen, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    // With --json the only result is one document.
    private readonly Screen _text = request.Json ? new Screen(TextWriter.Null, screen.Error, ScreenTraits.Plain) : screen;

    /// <exception cref="CommandFailure">It could not be done.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var target = source.Target;
        if (!request.DryRun)
            FolderAccess.RequireWritable(target.Folder, create: true);
        var diagnostics = new DiagnosticBag();
        if (source.Read(diagnostics) is not { } outline)
            return Refusal.Show(screen, diagnostics);
        var summary = new DeploySummary(request, target, outline.Incoming, outline.Notes, _text);
        summary.Begin();
        try
        {
            if (await BuildAsync(summary, diagnostics, cancellationToken) is not { } incoming)
                return Refusal.Show(screen, diagnostics);
            new DiagnosticPrinter(screen).Print(diagnostics);
            DeployReceipt Receipt(DeployPlan plan) => new(request.Environment, request.Templates, target.Folder, plan, outline.Notes, [.. diagnostics]);
            return request.DryRun ? Preview(target, incoming, summary, Receipt) : await DeployAsync(target, incoming, summary, Receipt, cancellationToken);
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

    private async Task<IncomingConfiguration?> BuildAsync(DeploySummary summary, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        using var progress = new BuildProgress(_text, summary.Block, time);
        if (await source.BuildAsync(progress, diagnostics, cancellationToken) is not { } built)
            return null;
        summary.Built([.. built.Functions.Where(b => !progress.Has(b.Name))]);
        return built.Incoming;
    }

    private int Preview(DeployTarget target, IncomingConfiguration incoming, DeploySummary summary, Func<DeployPlan, DeployReceipt> describe)
    {
        var plan = DeployTransaction.Plan(target.Folder, incoming);
        summary.Preview(plan);
        PrintJson(describe(plan));
        return request.TellByExitCode && plan.Writes ? ExitCode.Changes : ExitCode.Done;
    }

    private async Task<int> DeployAsync(
        DeployTarget target, IncomingConfiguration incoming, DeploySummary summary, Func<DeployPlan, DeployReceipt> describe, CancellationToken cancellationToken)
    {
        GeneratedFolder.Write(request.OutputFolder, incoming);
        var watch = new LockWatch(screen, request.LockTimeout, time);
        var result = await new DeployTransaction(target.Folder, target.Provisioner) { OwnerOnly = target.OwnerOnly }
            .RunAsync(incoming, new LockRequest(request.Purpose, request.LockTimeout, watch.OnWait), cancellationToken);
        var receipt = describe(result.Plan);
        if (result.Plan.Writes)
            GeneratedFolder.Write(request.OutputFolder, DeployReceipt.FileName, receipt.ToJson());
        summary.Done(result, watch.Line());
        var confirmation = await ConfirmAsync(target, result.Plan.Hash, cancellationToken);
        summary.End(result.Plan, confirmation, time.GetElapsedTime(_started));
        PrintJson(receipt);
        return confirmation is NotServed ? ExitCode.Failure : ExitCode.Done;
    }

    /// <returns>Null when nobody is waited for.</returns>
    private async Task<Confirmation?> ConfirmAsync(DeployTarget target, string hash, CancellationToken cancellationToken)
    {
        if (request.WaitTimeout == TimeSpan.Zero || !target.GatewayReadsIt)
            return null;
        using var http = LocalHttp.Create();
        try
        {
            return await new GatewayConfirmation(http, target.Addresses.Gateway, target.AdminIsOpen ? target.Addresses.Admin : null, target.Folder, time)
                .WaitAsync(hash, target.GatewayRuns, request.WaitTimeout, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new DeployInterrupted($"while waiting for the gateway: configuration {hash} is written to {target.Folder} and will be served", cancellationToken);
        }
    }

    private void PrintJson(DeployReceipt receipt)
    {
        if (request.Json)
            screen.Output.Write(System.Text.Encoding.UTF8.GetString(receipt.ToJson()));
    }
}
