using System.Buffers.Binary;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>A contiguous range of positions in the order of a table or an index.</summary>
/// <param name="From">The first position.</param>
/// <param name="To">The first position after the range; null when the range extends to the end.</param>
public sealed record KeyRange(Bytes From, Bytes? To)
{
    private const ulong Hashes = 1UL << 32;

    /// <summary>The whole table or index.</summary>
    public static KeyRange All { get; } = new(new Bytes(new byte[1]), null);

    /// <summary>The range that a query reads.</summary>
    public static KeyRange Of(KeyCondition condition)
    {
        var partition = Partition(condition).ToBytes();
        var all = Beginning(partition);
        if (condition.Sort is not { } sort)
            return all;
        var value = Beginning(Partition(condition).Part(KeyValue.Bytes(sort.Value)).ToBytes());
        return sort.Operator switch
        {
            SortOperator.Equal => value,
            SortOperator.Less => new KeyRange(all.From, value.From),
            SortOperator.LessOrEqual => new KeyRange(all.From, value.To),
            SortOperator.Greater => new KeyRange(value.To!.Value, all.To),
            SortOperator.GreaterOrEqual => new KeyRange(value.From, all.To),
            SortOperator.Between => new KeyRange(
                value.From, Beginning(Partition(condition).Part(KeyValue.Bytes(sort.Upper!)).ToBytes()).To),
            SortOperator.BeginsWith =>
                Beginning(Partition(condition).BeginningOfPart(KeyValue.Bytes(sort.Value)).ToBytes()),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };
    }

    /// <summary>The range that one segment of a parallel scan reads.</summary>
    /// <param name="segment">The number of the segment, from 0.</param>
    /// <param name="total">The number of segments.</param>
    public static KeyRange OfSegment(int segment, int total)
    {
        var from = (uint)(Hashes * (ulong)segment / (ulong)total);
        return new KeyRange(
            HashBytes(from),
            segment + 1 == total ? null : HashBytes((uint)(Hashes * (ulong)(segment + 1) / (ulong)total)));
    }

    /// <summary>Whether a position is in the range.</summary>
    public bool Contains(Bytes place) => place >= From && (To is not { } to || place < to);

    /// <summary>The range of all positions that begin with the given bytes.</summary>
    internal static KeyRange Beginning(Bytes beginning)
    {
        var last = beginning.Span.LastIndexOfAnyExcept((byte)0xFF);
        if (last < 0)
            return new KeyRange(beginning, null);
        var end = beginning.Span[..(last + 1)].ToArray();
        end[last]++;
        return new KeyRange(beginning, new Bytes(end));
    }

    private static KeyBytes Partition(KeyCondition condition)
    {
        var bytes = new KeyBytes().Partition(KeyValue.Bytes(condition.Hash));
        foreach (var value in condition.MoreHashes.Concat(condition.FirstRanges))
            bytes.Part(KeyValue.Bytes(value));
        return bytes;
    }

    private static Bytes HashBytes(uint hash)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, hash);
        return new Bytes(bytes);
    }
}
