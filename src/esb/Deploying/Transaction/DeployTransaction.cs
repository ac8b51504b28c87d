using Esb.Cli.Commands;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What a transaction did.</summary>
/// <param name="Plan">What was merged, and what was written of it.</param>
/// <param name="Provisioned">What the provisioner said; null when it did not run.</param>
internal sealed record TransactionResult(DeployPlan Plan, ProvisionerOutput? Provisioned);

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
    /// <exception cref="CommandFailure">It could not be done; the files are as they were.</exception>
    public async Task<TransactionResult> RunAsync(IncomingConfiguration incoming, LockRequest request, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var held = await LockAsync(request, cancellationToken);
        AtomicFile.RemoveLeftovers(folder);
        var plan = Plan(folder, incoming);
        var written = new WrittenFiles(folder);
        try
        {
            written.Write(plan.Resources);
            var provisioned = await ProvisionAsync(cancellationToken);
            // From here on it is a matter of milliseconds: not stopped halfway.
            cancellationToken.ThrowIfCancellationRequested();
            written.Write(plan.Functions);
            written.Write(plan.Routing);
            return new TransactionResult(plan, provisioned);
        }
        catch
        {
            written.Restore();
            throw;
        }
    }

    /// <summary>What a deploy would write now; reads only.</summary>
    /// <exception cref="CommandFailure">A file is damaged, or the result would be.</exception>
    public static DeployPlan Plan(string folder, IncomingConfiguration incoming)
    {
        var diagnostics = new DiagnosticBag();
        var plan = ConfigurationFolder.Read(folder, diagnostics) is { } existing ? DeployPlan.Of(existing, incoming, diagnostics) : null;
        return plan ?? throw new CommandFailure(ExitCode.Failure, [.. diagnostics.Where(d => d.Severity == Severity.Error)]);
    }

    private async Task<DeployLock> LockAsync(LockRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await DeployLock.AcquireAsync(folder, request.Purpose, request.Timeout, request.OnWait, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new CommandFailure(
                ExitCode.Failure, [new Diagnostic(Severity.Error, DiagnosticCodes.Lock, $"nothing was changed: {e.Message}", Help: "wait for it, or give --lock-timeout 30m")]);
        }
    }

    // Each time, also when nothing changed: a table that somebody removed comes back.
    private async Task<ProvisionerOutput?> ProvisionAsync(CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(folder, ConfigurationFiles.Resources);
        return provisioner is null || !File.Exists(manifest) ? null : await provisioner.RunAsync(folder, manifest, cancellationToken);
    }
}
