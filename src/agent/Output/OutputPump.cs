using Esb.AgentProtocol;

namespace Esb.Agent.Output;

/// <summary>
/// Passes on the lines of one output stream of a worker for as long as a process holds its other end.
/// </summary>
internal sealed class OutputPump(Stream stream, LineSplitter lines, Func<IReadOnlyList<LogLine>, Task> sink)
{
    private const int BufferBytes = 8 * 1024;

    /// <summary>Whether the output contained an out-of-memory message.</summary>
    public bool SawMemoryExhausted { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is var count and > 0)
                await TakeAsync(lines.Feed(buffer.AsSpan(0, count)));
        }
        catch (OperationCanceledException)
        {
            // A process outside the group still holds the other end, and this pump has waited long enough for it.
        }

        await TakeAsync(lines.Flush());
    }

    private async Task TakeAsync(List<LogLine> complete)
    {
        if (complete.Count == 0)
            return;
        SawMemoryExhausted |= complete.Exists(OutOfMemoryText.IsIn);
        await sink(complete);
    }
}
