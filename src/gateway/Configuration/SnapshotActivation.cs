using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Configuration;

/// <summary>A pool that a snapshot no longer has.</summary>
/// <param name="Function">The function that it served.</param>
/// <param name="Pool">The pool, to be drained.</param>
internal readonly record struct ReplacedPool(string Function, WorkerPool Pool);

/// <summary>An action after a swap.</summary>
/// <param name="Name">Its name in the log.</param>
/// <param name="Run">The action. It must neither wait nor fail because of a snapshot's content.</param>
internal sealed record ActivationStep(string Name, Action<Snapshot, IReadOnlyList<ReplacedPool>> Run);

/// <summary>
/// Runs the steps that follow a swap; <c>GatewayProcess.Activation</c> lists them in their order. The snapshot is
/// already served, so an exception is logged as a defect, and the remaining steps still run.
/// </summary>
internal sealed partial class SnapshotActivation(
    IReadOnlyList<ActivationStep> steps,
    ILogger<SnapshotActivation> logger)
{
    /// <summary>The steps in their order.</summary>
    public IReadOnlyList<ActivationStep> Steps => steps;

    /// <summary>Runs every step.</summary>
    public void Run(Snapshot snapshot, IReadOnlyList<ReplacedPool> replaced)
    {
        foreach (var step in steps)
        {
            try
            {
                step.Run(snapshot, replaced);
            }
#pragma warning disable CA1031 // A defect of one step must not keep the others from running.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogDefect(logger, e, snapshot.Hash, step.Name);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Configuration {Hash} is served, but a step after the swap failed because of a defect in the "
            + "gateway: {Step}")]
    private static partial void LogDefect(ILogger logger, Exception exception, string hash, string step);
}
