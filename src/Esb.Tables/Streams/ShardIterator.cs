using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Esb.Tables.Streams;

/// <summary>A place in a shard. For clients it is opaque text, valid for 15 minutes.</summary>
/// <param name="StreamArn">The stream.</param>
/// <param name="ShardId">The shard.</param>
/// <param name="Next">The lowest sequence number that is still to be read.</param>
/// <param name="Issued">When it was given out.</param>
public sealed record ShardIterator(string StreamArn, string ShardId, long Next, DateTimeOffset Issued)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Whether it was given out too long ago.</summary>
    public bool IsExpired(DateTimeOffset now) => now - Issued > Lifetime;

    /// <summary>The text for the client.</summary>
    public string ToText() => StreamArn + "|1|" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{ShardId}|{Next}|{Issued.ToUnixTimeMilliseconds()}")));

    /// <summary>The iterator of a text, if this program could have written it.</summary>
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
