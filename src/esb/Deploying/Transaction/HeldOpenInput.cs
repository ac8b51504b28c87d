using CliWrap;
using Esb.Host.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The standard input of a provisioner that changes stores: a pipe that stays open until this process ends. The lock on
/// the configuration folder ends with this process too, so nothing may change afterwards; see <c>AttachedInput</c>.
/// </summary>
/// <param name="file">A file that the pipe contains; null when it contains nothing.</param>
internal sealed class HeldOpenInput(string? file = null) : PipeSource
{
    /// <inheritdoc/>
    public override async Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        if (file is not null)
        {
            await using var content = OrdinaryFile.Open(file);
            await content.CopyToAsync(destination, cancellationToken);
            await destination.FlushAsync(cancellationToken);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
