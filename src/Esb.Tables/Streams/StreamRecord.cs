using Esb.Tables.Values;

namespace Esb.Tables.Streams;

/// <summary>One change of an item.</summary>
/// <param name="Sequence">Its number; later changes have higher ones. See <see cref="SequenceNumber"/>.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Change">What happened.</param>
/// <param name="Keys">The key of the item.</param>
/// <param name="NewImage">The item after the change, if the stream's view has it.</param>
/// <param name="OldImage">The item before the change, if the stream's view has it.</param>
/// <param name="IsExpiry">Whether the item was deleted because its time to live had passed.</param>
public sealed record StreamRecord(
    long Sequence,
    DateTimeOffset Time,
    StreamChange Change,
    MapValue Keys,
    MapValue? NewImage,
    MapValue? OldImage,
    bool IsExpiry);
