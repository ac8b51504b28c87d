using CliWrap;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The standard input of a provisioner that changes stores: a pipe without data that stays open until this process
/// ends. The lock on the configuration folder ends with this process too, so nothing may change afterwards; see
/// <c>AttachedInput</c>.
/// </summary>
internal static class HeldOpenInput
{
    public static PipeSource Pipe { get; } =
        PipeSource.Create((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
}
