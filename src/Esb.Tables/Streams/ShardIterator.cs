using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Esb.Tables.Streams;

/// <summary>A position in a shard. Clients receive it as opaque text, which is valid for 15 minutes.</summary>
/// <param name="StreamArn">The ARN of the stream.</param>
/// <param name="ShardId">The name of the shard.</param>
/// <param name="Next">The lowest sequence number that is still to be read.</param>
/// <param name="Issued">When the iterator was issued.</param>
public sealed record ShardIterator(string StreamArn, string ShardId, long Next, DateTimeOffset Issued)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Whether the iterator is no longer valid.</summary>
    public bool IsExpired(DateTimeOffset now) => now - Issued > Lifetime;

    /// <summary>The text for the client.</summary>
    public string ToText() => StreamArn + "|1|" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{ShardId}|{Next}|{Issued.ToUnixTimeMilliseconds()}")));

    /// <summary>Parses an iterator; null if this program cannot have written the text.</summary>
    public static ShardIterator? Parse(string text)
    {
        var outer = text.Split('|');
        if (outer is not [var arn, "1", var encoded] || !Base64Url.IsValid(encoded))
            return null;
        var inner = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded)).Split('|');
        return inner is [var shard, var next, var issued]
            && long.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && long.TryParse(issued, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? new ShardIterator(arn, shard, sequence, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
                : null;
    }
}
