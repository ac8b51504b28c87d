using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>The lock of a configuration folder, for whoever changes what it names.</summary>
internal static class FolderLock
{
    /// <param name="folder">The configuration folder; made when it is not there.</param>
    /// <param name="request">For how long others are waited for.</param>
    /// <param name="untouched">What is said of the state when there is no lock, e.g. <c>nothing was changed</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CommandFailure">Somebody else kept it for too long, or the folder cannot be used.</exception>
    /// <exception cref="DeployInterrupted">It was stopped.</exception>
    public static async Task<DeployLock> AcquireAsync(string folder, LockRequest request, string untouched, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return await DeployLock.AcquireAsync(folder, request.Purpose, request.Timeout, request.OnWait, cancellationToken);
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
