using CsCheck;
using Esb.Tables.Tests.Values;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Expressions;

/// <summary>A condition as text, with what it means told in other words.</summary>
/// <param name="Text">The text.</param>
/// <param name="Values">Its placeholders.</param>
/// <param name="IsTrue">What it means.</param>
internal sealed record RandomCondition(
    string Text, IReadOnlyDictionary<string, AttributeValue> Values, Func<MapValue, bool> IsTrue);

/// <summary>Conditions at random, with all the parentheses that they need and no others.</summary>
internal static class RandomConditions
{
    private static readonly Gen<string> Attributes = Gen.String[Gen.Char["abcd"], 1, 1];

    private static int placeholders;

    private static readonly Gen<RandomCondition> Leaf = Gen.Select(Attributes, RandomValues.Flat, Gen.Int[0, 3])
        .Select((name, value, kind) =>
        {
            var placeholder = ":v" + Interlocked.Increment(ref placeholders);
            var values = new Dictionary<string, AttributeValue> { [placeholder] = value };
            return kind switch
            {
                0 => new RandomCondition(
                    $"{name} = {placeholder}", values, item => value.Equals(item.Members.GetValueOrDefault(name))),
                1 => new RandomCondition(
                    $"{placeholder} <> {name}", values, item => !value.Equals(item.Members.GetValueOrDefault(name))),
                2 => new RandomCondition(
                    $"{name} IN ({placeholder}, {placeholder})",
                    values,
                    item => value.Equals(item.Members.GetValueOrDefault(name))),
                _ => new RandomCondition(
                    $"attribute_exists({name})",
                    new Dictionary<string, AttributeValue>(),
                    item => item.Members.ContainsKey(name)),
            };
        });

    public static readonly Gen<RandomCondition> Any = Of(3);

    private static Gen<RandomCondition> Of(int levels) => levels == 0 ? Leaf : Gen.Frequency(
        (2, Leaf),
        (1, Of(levels - 1).Select(inner => new RandomCondition(
            $"NOT ({inner.Text})", inner.Values, item => !inner.IsTrue(item)))),
        (1, Gen.Select(Of(levels - 1), Of(levels - 1)).Select((a, b) => new RandomCondition(
            $"({a.Text}) AND ({b.Text})", Both(a, b), item => a.IsTrue(item) && b.IsTrue(item)))),
        (1, Gen.Select(Of(levels - 1), Of(levels - 1), Of(levels - 1)).Select((a, b, c) => new RandomCondition(
            $"({a.Text}) or ({b.Text}) and not ({c.Text})",
            Both(a, new RandomCondition("", Both(b, c), a.IsTrue)),
            item => a.IsTrue(item) || (b.IsTrue(item) && !c.IsTrue(item))))));

    private static Dictionary<string, AttributeValue> Both(RandomCondition a, RandomCondition b) =>
        a.Values.Concat(b.Values).DistinctBy(pair => pair.Key).ToDictionary();
}
