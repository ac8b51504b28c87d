using Esb.AgentProtocol;

namespace Esb.Agent.Output;

/// <summary>Carries the lines of one stream of a worker to whoever takes them, for as long as somebody holds its other end.</summary>
internal sealed class OutputPump(Stream stream, LineSplitter lines, Func<IReadOnlyList<LogLine>, Task> sink)
{
    private const int BufferBytes = 8 * 1024;

    /// <summary>Whether something like the last words of a program without memory was written.</summary>
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
            // Waited long enough for a stranger who holds the other end.
        }

        await TakeAsync(lines.Flush());
    }

    private async Task TakeAsync(List<LogLine> complete)
    {
        if (complete.Count == 0)
            return;
        SawMemoryExhausted |= complete.Exists(LastWords.TellOfMemory);
        await sink(complete);
    }
}
