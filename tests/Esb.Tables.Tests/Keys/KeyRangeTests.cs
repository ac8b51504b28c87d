using System.Buffers.Binary;
using CsCheck;
using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Keys;
using Esb.Tables.Tests.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Keys;

public sealed class KeyRangeTests
{
    private static readonly Gen<byte[]> Raw = Gen.OneOf<byte>(0, 1, 0x61, 0xFE, 0xFF).Array[1, 4];

    private static readonly Gen<SortOperator> Operators = Gen.Enum<SortOperator>();

    [Test]
    public void A_range_contains_exactly_the_binary_keys_that_meet_the_condition() =>
        Gen.Select(Raw, Raw, Raw, Raw, Operators).Sample(
            (hash, sort, value, upper, comparison) => Agrees(
                new KeySchema("h", AttributeType.B, "r", AttributeType.B),
                Binary(hash), Binary(sort), Binary(value), Binary(upper), comparison,
                sort.AsSpan().SequenceCompareTo(value), sort.AsSpan().SequenceCompareTo(upper),
                sort.AsSpan().StartsWith(value)),
            iter: 20_000);

    [Test]
    public void A_range_contains_exactly_the_numbers_that_meet_the_condition() =>
        Gen.Select(Gen.Int[-120, 120], Gen.Int[-120, 120], Gen.Int[-120, 120], Operators).Sample(
            (sort, value, upper, comparison) => comparison == SortOperator.BeginsWith || Agrees(
                new KeySchema("h", AttributeType.N, "r", AttributeType.N),
                Samples.Number("7"), Samples.Number($"{sort}"), Samples.Number($"{value}"), Samples.Number($"{upper}"),
                comparison, sort.CompareTo(value), sort.CompareTo(upper), beginsWith: false),
            iter: 20_000);

    [Test]
    public void Each_key_is_in_exactly_one_segment() =>
        Gen.Select(Raw, Gen.OneOf(Gen.Int[1, 20], Gen.Int[1, 1_000_000])).Sample((hash, total) =>
        {
            var key = KeyEncoder.Of(
                new KeySchema("h", AttributeType.B, null, null), Samples.Map(("h", Binary(hash)))).Bytes;
            var estimate = (int)((BinaryPrimitives.ReadUInt32BigEndian(key.Span) * (ulong)total) >> 32);
            return Enumerable.Range(Math.Max(0, estimate - 2), 5).Where(i => i < total)
                .Count(i => KeyRange.OfSegment(i, total).Contains(key)) == 1;
        });

    private static bool Agrees(
        KeySchema keys, AttributeValue hash, AttributeValue sort, AttributeValue value, AttributeValue upper,
        SortOperator comparison, int toValue, int toUpper, bool beginsWith)
    {
        var key = KeyEncoder.Of(keys, Samples.Map(("h", hash), ("r", sort))).Bytes;
        var range = KeyRange.Of(new KeyCondition("h", hash, new SortCondition(comparison, value, upper)));
        return range.Contains(key) == comparison switch
        {
            SortOperator.Equal => toValue == 0,
            SortOperator.Less => toValue < 0,
            SortOperator.LessOrEqual => toValue <= 0,
            SortOperator.Greater => toValue > 0,
            SortOperator.GreaterOrEqual => toValue >= 0,
            SortOperator.Between => toValue >= 0 && toUpper <= 0,
            _ => beginsWith,
        };
    }

    private static BinaryValue Binary(byte[] bytes) => new(new Bytes(bytes));
}
