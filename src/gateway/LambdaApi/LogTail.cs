using System.Text;
using Esb.AdminProtocol;
using Esb.Gateway.Logs;
using Esb.Gateway.Workers;

namespace Esb.Gateway.LambdaApi;

/// <summary>The last 4 KB of an invocation's log in base64, for <c>X-Amz-Log-Result</c>.</summary>
internal sealed class LogTail(LogStore store, TimeProvider time)
{
    private const int MaxBytes = 4096;

    // Lines arrive independently of the answer, and nothing marks the last line. The tail is complete when no line has
    // arrived for a moment. A container engine may delay the first line of a new container, so the wait for the first
    // line is longer.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan WaitForFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WaitForAll = TimeSpan.FromSeconds(2);

    public async Task<string> OfAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var records = store.Of(invocation.RequestId);
        int before;
        do
        {
            before = Printed(records);
            await Task.Delay(Settle, time, cancellationToken);
            records = store.Of(invocation.RequestId);
        }
        while (MayContinue(before, Printed(records), time.GetElapsedTime(begun)));

        return Convert.ToBase64String(LastOf(Text(invocation, records)));
    }

    private static int Printed(IReadOnlyList<LogRecord> records) => records.Count(r => r.Stream != "platform");

    private static bool MayContinue(int before, int now, TimeSpan waited) =>
        now == 0 ? waited < WaitForFirst : now != before && waited < WaitForAll;

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

    // The tail begins at a whole character.
    private static ReadOnlySpan<byte> LastOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var start = Math.Max(0, bytes.Length - MaxBytes);
        while (start < bytes.Length && (bytes[start] & 0xC0) == 0x80)
            start++;
        return bytes.AsSpan(start);
    }
}
