using CsCheck;
using Esb.Tables.Expressions;
using Esb.Tables.Tests.Values;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Expressions;

public sealed class ConditionTests
{
    private const string Item = """
        {"s": {"S": "hello"}, "n": {"N": "7"}, "b": {"B": "aGVsbG8="}, "t": {"BOOL": true}, "z": {"NULL": true},
         "ss": {"SS": ["x", "y"]}, "ns": {"NS": ["1", "2.0"]}, "bs": {"BS": ["eA=="]},
         "l": {"L": [{"S": "x"}, {"N": "2"}, {"M": {"k": {"S": "v"}}}]}, "m": {"M": {"k": {"L": [{"N": "5"}]}}},
         "emoji": {"S": "\ud83d\ude00"}, "wide": {"S": "\uffee"}}
        """;

    private const string Values = """
        {":hello": {"S": "hello"}, ":he": {"S": "he"}, ":ell": {"S": "ell"}, ":x": {"S": "x"}, ":seven": {"N": "7.0"},
         ":one": {"N": "1"}, ":two": {"N": "2"}, ":five": {"N": "5"}, ":t": {"BOOL": true}, ":f": {"BOOL": false},
         ":z": {"NULL": true}, ":ss": {"SS": ["y", "x"]}, ":bin": {"B": "aGU="}, ":ell64": {"B": "ZWxs"},
         ":map": {"M": {"k": {"S": "v"}}}, ":S": {"S": "S"}, ":NS": {"S": "NS"}, ":big": {"S": "i"}}
        """;

    [Test]
    [Arguments("s = :hello", true)]
    [Arguments("s = :he", false)]
    [Arguments("n = :seven", true)]
    [Arguments("n = :hello", false)]
    [Arguments("n <> :hello", true)]
    [Arguments("n <> :seven", false)]
    [Arguments("absent = :x", false)]
    [Arguments("absent <> :x", true)]
    [Arguments("t = :t and not (t = :f)", true)]
    [Arguments("z = :z", true)]
    [Arguments("ss = :ss", true)]
    [Arguments("s > :he and s >= :hello and s <= :hello and s < :big", true)]
    [Arguments("n > :hello", false)]
    [Arguments("not n > :hello", true)]
    [Arguments("absent < :one", false)]
    [Arguments("n between :five and :seven", true)]
    [Arguments(":five between :one and n", true)]
    [Arguments("n between :one and :two", false)]
    [Arguments("n in (:one, :seven)", true)]
    [Arguments("n in (:one, :hello)", false)]
    [Arguments("absent in (:one)", false)]
    [Arguments("attribute_exists(m.k[0])", true)]
    [Arguments("attribute_exists(m.k[1])", false)]
    [Arguments("attribute_not_exists(m.k.j)", true)]
    [Arguments("attribute_not_exists(s[0])", true)]
    [Arguments("attribute_type(s, :S)", true)]
    [Arguments("attribute_type(ns, :NS)", true)]
    [Arguments("attribute_type(absent, :S)", false)]
    [Arguments("begins_with(s, :he)", true)]
    [Arguments("begins_with(s, :ell)", false)]
    [Arguments("begins_with(b, :bin)", true)]
    [Arguments("begins_with(s, :bin)", false)]
    [Arguments("contains(s, :ell)", true)]
    [Arguments("contains(b, :ell64)", true)]
    [Arguments("contains(ss, :x)", true)]
    [Arguments("contains(ns, :two)", true)]
    [Arguments("contains(ns, :x)", false)]
    [Arguments("contains(l, :two)", true)]
    [Arguments("contains(l, :map)", true)]
    [Arguments("contains(l, :hello)", false)]
    [Arguments("contains(n, :seven)", false)]
    [Arguments("size(s) = :five and size(b) = :five and size(ss) = :two and size(m) = :one", true)]
    [Arguments("size(l) > size(ss)", true)]
    [Arguments("size(n) = :one", false)]
    [Arguments("size(absent) < :one", false)]
    [Arguments("(s) = :hello AND (m).k[0] = :five", true)]
    [Arguments("s = :x OR n = :seven AND t = :f", false)]
    [Arguments("(s = :hello OR n = :seven) AND t = :f", false)]
    [Arguments("s = :hello OR n = :seven AND t = :f", true)]
    [Arguments("NOT s = :hello OR n = :seven", true)]
    [Arguments("NOT (s = :hello OR n = :seven)", false)]
    [Arguments("emoji > wide", true)]
    public async Task A_condition_is_true_or_false(string text, bool isTrue) =>
        await Assert.That(Parsed.Condition(text, Values).IsTrue(Wire.Item(Item))).IsEqualTo(isTrue);

    [Test]
    public async Task Placeholders_stand_for_names_of_any_kind()
    {
        var condition = Parsed.Condition(
            "#d.#k[0] = :v", """{":v": {"S": "x"}}""", """{"#d": "a.b c", "#k": "status"}""");
        var item = Wire.Item("""{"a.b c": {"M": {"status": {"L": [{"S": "x"}]}}}}""");
        await Assert.That(condition.IsTrue(item)).IsTrue();
        await Assert.That(condition.Paths.Single().ToString()).IsEqualTo("[a.b c, status, [0]]");
    }

    [Test]
    public void A_condition_that_is_printed_and_parsed_means_the_same() =>
        Gen.Select(RandomConditions.Any, RandomValues.Items).Sample((condition, item) =>
        {
            var parsed = ConditionParser.Parse(
                condition.Text, "ConditionExpression", new ExpressionNames(null, condition.Values));
            return parsed.IsTrue(item) == condition.IsTrue(item);
        });

    [Test]
    public async Task The_order_of_strings_is_that_of_their_bytes()
    {
        Gen.Select(Gen.String, Gen.String).Where(pair => IsText(pair.Item1) && IsText(pair.Item2)).Sample(pair =>
            Math.Sign(ValueOrder.Compare(pair.Item1, pair.Item2)) == Math.Sign(
                System.Text.Encoding.UTF8.GetBytes(pair.Item1).AsSpan()
                    .SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(pair.Item2))));
        await Assert.That(ValueOrder.Compare("\U0001F600", "\uffee")).IsGreaterThan(0);
    }

    private static bool IsText(string text) =>
        text == System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
