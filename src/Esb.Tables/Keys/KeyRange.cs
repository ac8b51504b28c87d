using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>Places in the order of a table or an index that follow each other.</summary>
/// <param name="From">The first place.</param>
/// <param name="To">The first place after the range; null when it goes to the end.</param>
public sealed record KeyRange(Bytes From, Bytes? To)
{
    /// <summary>The whole table or index.</summary>
    public static KeyRange All { get; } = new(new Bytes(new byte[1]), null);

    /// <summary>What a query reads.</summary>
    public static KeyRange Of(KeyCondition condition) => throw new NotImplementedException();

    /// <summary>What one of the parts of a parallel scan reads.</summary>
    /// <param name="segment">The number of the part, from 0.</param>
    /// <param name="total">How many parts there are.</param>
    public static KeyRange OfSegment(int segment, int total) => throw new NotImplementedException();

    /// <summary>Whether a place is in the range.</summary>
    public bool Contains(Bytes place) => place >= From && (To is not { } to || place < to);
}
