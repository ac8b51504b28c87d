using System.Text;
using Esb.Gateway.Logs;
using Esb.Gateway.Workers;

namespace Esb.Gateway.LambdaApi;

/// <summary>The last 4 KB of an invocation's log, base64, as <c>X-Amz-Log-Result</c> carries it.</summary>
internal sealed class LogTail(LogStore store, TimeProvider time)
{
    private const int MaxBytes = 4096;
    private const int MostRounds = 10;

    // Lines travel beside the answer, not before it: the tail is complete once none has arrived for a moment.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(40);

    public async Task<string> OfAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var records = store.Of(invocation.RequestId);
        for (var (round, seen) = (0, -1); round < MostRounds && records.Count != seen; round++)
        {
            seen = records.Count;
            await Task.Delay(Settle, time, cancellationToken);
            records = store.Of(invocation.RequestId);
        }

        return Convert.ToBase64String(LastOf(Text(invocation, records)));
    }

    private static string Text(Invocation invocation, IReadOnlyList<LogRecord> records)
    {
        var text = new StringBuilder();
        text.Append("START RequestId: ").Append(invocation.RequestId).Append(" Version: $LATEST\n");
        foreach (var line in records.Where(r => r.Stream != "platform").OrderBy(r => r.Time))
            text.Append(line.Text).Append('\n');
        text.Append("END RequestId: ").Append(invocation.RequestId).Append('\n');
        foreach (var line in records.Where(r => r.Stream == "platform"))
            text.Append(line.Text).Append('\n');
        return text.ToString();
    }

    // From a whole character on.
    private static ReadOnlySpan<byte> LastOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var start = Math.Max(0, bytes.Length - MaxBytes);
        while (start < bytes.Length && (bytes[start] & 0xC0) == 0x80)
            start++;
        return bytes.AsSpan(start);
    }
}
