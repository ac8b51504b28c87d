using System.Text;
using Esb.Gateway.Logs;
using Esb.Gateway.Workers;

namespace Esb.Gateway.LambdaApi;

/// <summary>The last 4 KB of an invocation's log, base64, as <c>X-Amz-Log-Result</c> carries it.</summary>
internal sealed class LogTail(LogStore store, TimeProvider time)
{
    private const int MaxBytes = 4096;

    // Lines travel beside the answer, not before it: the tail is complete once they have had a moment to arrive.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(40);

    public async Task<string> OfAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await Task.Delay(Settle, time, cancellationToken);
        var text = new StringBuilder();
        text.Append("START RequestId: ").Append(invocation.RequestId).Append(" Version: $LATEST\n");
        var records = store.Of(invocation.RequestId);
        foreach (var line in records.Where(r => r.Stream != "platform").OrderBy(r => r.Time))
            text.Append(line.Text).Append('\n');
        text.Append("END RequestId: ").Append(invocation.RequestId).Append('\n');
        foreach (var line in records.Where(r => r.Stream == "platform"))
            text.Append(line.Text).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return Convert.ToBase64String(bytes.AsSpan(Math.Max(0, bytes.Length - MaxBytes)));
    }
}
