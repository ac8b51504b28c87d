using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Configuration;

/// <summary>A pool that a snapshot no longer has.</summary>
/// <param name="Function">The function that it ran.</param>
/// <param name="Pool">To be drained.</param>
internal readonly record struct ReplacedPool(string Function, WorkerPool Pool);

/// <summary>One thing to do after a snapshot has been swapped in.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Run">Neither waits nor fails because of what a snapshot contains.</param>
internal sealed record ActivationStep(string Name, Action<Snapshot, IReadOnlyList<ReplacedPool>> Run);

/// <summary>
/// What follows the swap of a snapshot, in order. The snapshot is served already: a step that throws is logged as a defect,
/// and the steps behind it run all the same.
/// </summary>
internal sealed partial class SnapshotActivation(IReadOnlyList<ActivationStep> steps, ILogger<SnapshotActivation> logger)
{
    /// <summary>In the order in which they run.</summary>
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
        Message = "Configuration {Hash} is served, but a step after the swap failed because of a defect in the gateway: {Step}")]
    private static partial void LogDefect(ILogger logger, Exception exception, string hash, string step);
}
