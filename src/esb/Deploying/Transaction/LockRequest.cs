using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// A command's request for the lock of a configuration folder. Each command that changes the folder or its stores holds
/// this lock.
/// </summary>
/// <param name="Purpose">The command as shown to processes that wait for it.</param>
/// <param name="Timeout">The longest wait.</param>
/// <param name="OnWait">Receives each unsuccessful attempt.</param>
internal sealed record LockRequest(string Purpose, TimeSpan Timeout, Action<LockWait>? OnWait)
{
    /// <summary>Acquires the lock.</summary>
    /// <param name="folder">The configuration folder; created when missing.</param>
    /// <param name="untouched">
    /// The state to report when the lock is not acquired, such as <c>nothing was changed</c>.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandFailure">
    /// Another process held the lock for too long, or the folder cannot be used.
    /// </exception>
    /// <exception cref="DeployInterrupted">The wait was interrupted.</exception>
    public async Task<DeployLock> AcquireAsync(string folder, string untouched, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return await DeployLock.AcquireAsync(folder, Purpose, Timeout, OnWait, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw Locked($"{untouched}: {e.Message}", "wait for it, or give --lock-timeout 30m");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Locked($"{untouched}: {e.Message}", null);
        }
        catch (OperationCanceledException)
        {
            throw new DeployInterrupted($"while waiting for the lock: {untouched}", cancellationToken);
        }
    }

    private static CommandFailure Locked(string message, string? help) =>
        new(ExitCode.Failure, [new Diagnostic(Severity.Error, DiagnosticCodes.Lock, message, Help: help)]);
}
