using Esb.Tables.Values;

namespace Esb.Tables.Streams;

/// <summary>One change to an item.</summary>
/// <param name="Sequence">
/// The number of the record; later changes have higher numbers. See <see cref="SequenceNumber"/>.
/// </param>
/// <param name="Time">When the change happened.</param>
/// <param name="Change">The kind of change.</param>
/// <param name="Keys">The key of the item.</param>
/// <param name="NewImage">The item after the change, if the stream's view includes it.</param>
/// <param name="OldImage">The item before the change, if the stream's view includes it.</param>
/// <param name="IsExpiry">Whether the item was deleted because it had expired.</param>
public sealed record StreamRecord(
    long Sequence,
    DateTimeOffset Time,
    StreamChange Change,
    MapValue Keys,
    MapValue? NewImage,
    MapValue? OldImage,
    bool IsExpiry);
