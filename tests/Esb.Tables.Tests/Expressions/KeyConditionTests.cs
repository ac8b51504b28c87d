using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Expressions;

public sealed class KeyConditionTests
{
    private const string Values =
        """{":a": {"S": "x"}, ":b": {"S": "y"}, ":n": {"N": "1"}, ":t": {"BOOL": true}, ":e": {"S": ""}}""";

    private const string Invalid = "Invalid condition in KeyConditionExpression: ";

    private static readonly KeySchema Keys = new("h", AttributeType.S, "r", AttributeType.S);

    [Test]
    [Arguments("h = :a", null, null, null)]
    [Arguments(":a = h AND r = :b", SortOperator.Equal, "y", null)]
    [Arguments("(r < :b) AND (h = :a)", SortOperator.Less, "y", null)]
    [Arguments("h = :a AND :b < r", SortOperator.Greater, "y", null)]
    [Arguments("h = :a AND :b >= r", SortOperator.LessOrEqual, "y", null)]
    [Arguments("h = :a AND r > :b", SortOperator.Greater, "y", null)]
    [Arguments("h = :a AND r >= :b", SortOperator.GreaterOrEqual, "y", null)]
    [Arguments("h = :a AND r BETWEEN :a AND :b", SortOperator.Between, "x", "y")]
    [Arguments("(h = :a AND begins_with(r, :b))", SortOperator.BeginsWith, "y", null)]
    public async Task A_condition_names_the_part_of_the_table(
        string text, SortOperator? sort, string? low, string? high)
    {
        var condition = KeyConditionParser.Parse(text, Parsed.Names(null, Values), Keys);
        await Assert.That(condition.Hash).IsEqualTo(new StringValue("x"));
        await Assert.That(condition.Sort).IsEqualTo(sort is null ? null : new SortCondition(
            sort.Value, new StringValue(low!), high is null ? null : new StringValue(high)));
    }

    [Test]
    [Arguments("h = :a OR r = :a", "Invalid operator used in KeyConditionExpression: OR")]
    [Arguments("h = :a and r in (:a, size(x))", "Invalid operator used in KeyConditionExpression: IN")]
    [Arguments("not h = :a", "Invalid operator used in KeyConditionExpression: NOT")]
    [Arguments("h <> :a", "Invalid operator used in KeyConditionExpression: <>")]
    [Arguments("attribute_not_exists(h)", "Invalid operator used in KeyConditionExpression: attribute_not_exists")]
    [Arguments("contains(h.i, r)", "Invalid operator used in KeyConditionExpression: contains")]
    [Arguments(":a between size(h) and r",
        Invalid + "BETWEEN operator must have the key attribute as its first operand")]
    [Arguments("begins_with(:a, h)", Invalid + "begins_with operator must have the key attribute as its first operand")]
    [Arguments("h > size(r.i)", "KeyConditionExpressions cannot contain nested operations")]
    [Arguments("h > r.i", Invalid + "Multiple attribute names used in one condition")]
    [Arguments("h.i > r", "KeyConditionExpressions cannot have conditions on nested attributes")]
    [Arguments("h = :a and :a = :b", Invalid + "No key attribute specified")]
    [Arguments("r > :a and r < :b and h = :a", "Invalid KeyConditionExpression: "
        + "KeyConditionExpressions must only contain one condition per key")]
    [Arguments("h = :a and r = :b and i = :a",
        "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)")]
    [Arguments("r = :a", "Query condition missed key schema element: h")]
    [Arguments("h = :a and i = :b", "Query condition missed key schema element: r")]
    [Arguments("h > :a", "Query key condition not supported")]
    [Arguments("h = :n", Mismatch)]
    [Arguments("h = :a and r = :t", Mismatch)]
    [Arguments("h = :a and begins_with(r, :n)", Operand + "begins_with, operand type: N")]
    [Arguments("h = :a and :t >= r", Operand + ">=, operand type: BOOL")]
    [Arguments("h = :e", "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
        + "contain an empty string value. Key: h")]
    public async Task A_condition_that_no_query_can_follow_is_refused(string text, string problem) => await Assert.That(
        Parsed.Problem(() => KeyConditionParser.Parse(text, Parsed.Names(null, Values), Keys))).IsEqualTo(problem);

    [Test]
    public async Task A_second_condition_needs_a_sort_key()
    {
        var keys = new KeySchema("h", AttributeType.S, null, null);
        await Assert.That(Parsed.Problem(
            () => KeyConditionParser.Parse("h = :a and r = :b", Parsed.Names(null, Values), keys)))
            .IsEqualTo(
                "The number of query conditions (2) exceeds the number of key attributes defined in the schema (1)");
    }

    [Test]
    public async Task A_filter_of_a_query_names_no_key() => await Assert.That(
        Parsed.Problem(() => Parsed.Condition("x = :a or r.y = :b", Values).RequireNoKeys(Keys))).IsEqualTo(
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: r");

    private const string Mismatch =
        "One or more parameter values were invalid: Condition parameter type does not match schema type";

    private const string Operand = "Invalid KeyConditionExpression: Incorrect operand type for operator or function; "
        + "operator or function: ";
}
