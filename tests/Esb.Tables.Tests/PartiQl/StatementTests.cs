using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.PartiQl;
using Esb.Tables.Tests.Values;
using Esb.Tables.Values;
using NumberValue = Esb.Tables.Values.NumberValue;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.PartiQl;

public sealed class StatementTests
{
    private const string Item = """
        {"pk": {"S": "p"}, "sk": {"N": "3"}, "s": {"S": "it's"}, "n": {"N": "7310000"}, "flag": {"BOOL": true},
         "nul": {"NULL": true}, "ss": {"SS": ["a", "b"]}, "l": {"L": [{"N": "1"}, {"M": {"k": {"S": "v"}}}]},
         "m": {"M": {"sub": {"L": [{"S": "x"}]}, "date": {"S": "d"}}}, "a b": {"S": "blank"}}
        """;

    private static readonly KeySchema Keys = new("pk", AttributeType.S, "sk", AttributeType.N);

    [Test]
    [Arguments("s = 'it''s'", true)]
    [Arguments("n = 7.31E6", true)]
    [Arguments("n = 73100000e-1 AND n <> .5 and n != -5", true)]
    [Arguments("s = 'other' OR n > 5 AND NOT flag = false", true)]
    [Arguments("(s = 'other' OR n > 5) AND flag = false", false)]
    [Arguments("\"a b\" = 'blank'", true)]
    [Arguments("m.sub[0] = 'x' and m.\"date\" = 'd' and m['date'] = 'd'", true)]
    [Arguments("l[1].k = 'v'", true)]
    [Arguments("n BETWEEN 1 AND 1e7", true)]
    [Arguments("n NOT BETWEEN 1 AND 5", true)]
    [Arguments("n IN [1, 7310000]", true)]
    [Arguments("n IN (1, 2)", false)]
    [Arguments("NOT n IN [1, 2]", true)]
    [Arguments("n NOT IN [1, 7310000]", false)]
    [Arguments("begins_with(\"s\", 'it')", true)]
    [Arguments("contains(ss, 'a') AND size(ss) = 2", true)]
    [Arguments("ATTRIBUTE_EXISTS(m.sub) = true", true)]
    [Arguments("attribute_exists(m.gone) = false", true)]
    [Arguments("true = attribute_exists(s) AND (n BETWEEN 0 AND 5) = false AND (attribute_exists(s) <> false)", true)]
    [Arguments("NOT attribute_exists(n) = true", false)]
    [Arguments("l[-0] = 1", true)]
    [Arguments("attribute_not_exists(gone) and attribute_type(ss, 'SS')", true)]
    [Arguments("gone IS MISSING", true)]
    [Arguments("s IS NOT MISSING", true)]
    [Arguments("nul IS NULL", true)]
    [Arguments("s IS NULL", false)]
    [Arguments("s IS NOT NULL", true)]
    [Arguments("flag IS BOOL and s IS STRING and n IS INT4 and n IS DOUBLE PRECISION and ss IS BAG", true)]
    [Arguments("s IS BOOL", false)]
    [Arguments("ss = <<'b', 'a'>>", true)]
    [Arguments("l = [1, {'k': 'v'}]", true)]
    [Arguments("flag = true /* a note */ -- and another\n and nul = null", true)]
    public async Task A_condition_is_true_or_false(string where, bool isTrue)
    {
        var select = (SelectStatement)StatementParser.Parse($"SELECT * FROM \"T\" WHERE {where};", []);
        await Assert.That(select.Where!.IsTrue(Wire.Item(Item))).IsEqualTo(isTrue);
    }

    [Test]
    [Arguments("select * from T1-ab-4c", "T1-ab-4c", null)]
    [Arguments("SELECT * FROM \"a.b\".\"idx\" WHERE pk = 'x'", "a.b", "idx")]
    [Arguments("SELECT * FROM t.idx", "t", "idx")]
    public async Task A_table_and_an_index_are_named_with_and_without_quotes(string text, string table, string? index)
    {
        var select = (SelectStatement)StatementParser.Parse(text, []);
        await Assert.That((select.Table, select.Index, select.Projection)).IsEqualTo((table, index, null));
    }

    [Test]
    public async Task Columns_are_called_after_the_last_name_of_their_path()
    {
        var select = (SelectStatement)StatementParser.Parse("SELECT pk, m.sub, m.sub[0], l[1].k, gone FROM t", []);
        await Assert.That(select.Projection!.Apply(Wire.Item(Item))).IsEqualTo(Wire.Item("""
            {"pk": {"S": "p"}, "sub": {"L": [{"S": "x"}]}, "sub[0]": {"S": "x"}, "k": {"S": "v"}}
            """));
    }

    [Test]
    public async Task An_item_is_inserted_with_literals_and_parameters()
    {
        var insert = (InsertStatement)StatementParser.Parse(
            "INSERT INTO t VALUE {'pk': ?, 'n': - -75, 'l': [1, 'x', null, true], "
                + "'m': {'a': {}, \"b\": -.5e1}, 'f': ?, 's': <<1, 2>>}",
            [new StringValue("p"), new BooleanValue(false)]);
        await Assert.That(insert.Item).IsEqualTo(Wire.Item("""
            {"pk": {"S": "p"}, "n": {"N": "75"}, "l": {"L": [{"N": "1"}, {"S": "x"}, {"NULL": true}, {"BOOL": true}]},
             "m": {"M": {"a": {"M": {}}, "b": {"N": "-5"}}}, "f": {"BOOL": false}, "s": {"NS": ["1", "2"]}}
            """));
    }

    [Test]
    [Arguments("UPDATE t SET s = 'new' SET n = n + 1, l[0] = m.\"date\" REMOVE flag WHERE pk = 'p' AND sk = 3")]
    [Arguments("from t where sk = 3 and pk = 'p' set s = 'new', n = n + 1 set l[0] = m.\"date\" remove flag")]
    public async Task An_item_is_updated(string text)
    {
        var update = (UpdateStatement)StatementParser.Parse(text, []);
        var after = update.Update.Apply(Wire.Item(Item)).Item;
        await Assert.That(after.Members["s"]).IsEqualTo(new StringValue("new"));
        await Assert.That(after.Members["n"]).IsEqualTo(new NumberValue(DynamoNumber.FromInt64(7310001)));
        await Assert.That(((ListValue)after.Members["l"]).Elements[0]).IsEqualTo(new StringValue("d"));
        await Assert.That(after.Members.ContainsKey("flag")).IsFalse();
        await Assert.That(WriteKey.Of(update.Where, Keys)).IsEqualTo(
            new WriteKey(Wire.Item("""{"pk": {"S": "p"}, "sk": {"N": "3"}}"""), null));
    }

    [Test]
    [Arguments("ss = set_add(ss, <<'c'>>)", """{"SS": ["a", "b", "c"]}""")]
    [Arguments("ss = SET_DELETE(ss, <<'a'>>)", """{"SS": ["b"]}""")]
    [Arguments("ss = ?", """{"S": "parameter"}""")]
    [Arguments("ss = list_append(l, ['x'])", """{"L": [{"N": "1"}, {"M": {"k": {"S": "v"}}}, {"S": "x"}]}""")]
    [Arguments("ss = if_not_exists(gone, ?)", """{"S": "parameter"}""")]
    public async Task Functions_change_sets_and_lists(string assignment, string value)
    {
        AttributeValue[] parameters =
            assignment.Contains('?', StringComparison.Ordinal) ? [new StringValue("parameter")] : [];
        var update = (UpdateStatement)StatementParser.Parse($"UPDATE t SET {assignment} WHERE pk = 'p'", parameters);
        await Assert.That(update.Update.Apply(Wire.Item(Item)).Item.Members["ss"]).IsEqualTo(Wire.Value(value));
    }

    [Test]
    [Arguments("UPDATE t SET a = 1 WHERE pk = 'p' RETURNING ALL NEW *", "ALL_NEW")]
    [Arguments("UPDATE t SET a = 1 WHERE pk = 'p' RETURNING MODIFIED OLD *", "UPDATED_OLD")]
    [Arguments("DELETE FROM t WHERE pk = 'p' RETURNING ALL OLD *", "ALL_OLD")]
    [Arguments("DELETE FROM t WHERE pk = 'p'", null)]
    public async Task What_is_returned_is_named_as_in_the_other_operations(string text, string? returning) =>
        await Assert.That(StatementParser.Parse(text, []) switch
        {
            UpdateStatement update => update.Returning,
            DeleteStatement delete => delete.Returning,
            _ => "",
        }).IsEqualTo(returning);

    [Test]
    public async Task What_else_a_write_demands_is_left_beside_its_key()
    {
        var delete = (DeleteStatement)StatementParser.Parse(
            "DELETE FROM t WHERE (pk = 'p' AND s = 'x') AND 3 = sk AND pk = 'q'", []);
        var key = WriteKey.Of(delete.Where, Keys, isCheck: true);
        await Assert.That(key.Key).IsEqualTo(Wire.Item("""{"pk": {"S": "p"}, "sk": {"N": "3"}}"""));
        await Assert.That(key.Rest!.Paths.Select(path => path.Root)).IsEquivalentTo(["s", "pk"]);
    }

    [Test]
    public async Task A_condition_of_a_transaction_is_a_select_within_exists()
    {
        var exists = (ExistsStatement)StatementParser.Parse(
            "EXISTS(SELECT * FROM \"t\" WHERE pk = 'p' AND sk = 3 AND s = 'x')", []);
        await Assert.That(exists.Table).IsEqualTo("t");
        await Assert.That(WriteKey.Of(exists.Select.Where!, Keys).Rest).IsNotNull();
    }

    [Test]
    [Arguments("pk = 'a'", "a")]
    [Arguments("sk >= 3 AND 'a' = pk", "a GreaterOrEqual 3")]
    [Arguments("pk = 'a' AND sk BETWEEN 1 AND 2", "a Between 1 2")]
    [Arguments("pk IN ['b', 'a'] AND s = 'x'", "b,a")]
    [Arguments("pk IN ['a', 'b'] AND sk IN [2, 1]", "a Equal 2,a Equal 1,b Equal 2,b Equal 1")]
    [Arguments("pk = 'a' AND sk = 1 OR pk = 'b' OR pk = 'a' AND NOT sk = 2", "a,b")]
    [Arguments("pk = 'a' OR pk = 'a' AND sk <> 1", "a")]
    [Arguments("pk = 'a' AND (sk = 1 OR sk = 2)", "a Equal 1,a Equal 2")]
    [Arguments("pk = 'a' AND (sk < 1 OR sk > 1 OR sk = 1)", "a Less 1,a Greater 1,a Equal 1")]
    [Arguments("pk = 'a' AND (s = 'x' OR s = 'y')", "a")]
    [Arguments("(pk = 'a' OR pk = 'b') AND s = 'x'", "a,b")]
    [Arguments("(pk = 'a' AND s = 'x') OR s = 'y'", null)]
    [Arguments("pk > 'a'", null)]
    [Arguments("pk = 'a' OR s = 'x'", null)]
    [Arguments("NOT pk = 'a'", null)]
    public async Task The_parts_to_read_follow_from_the_condition(string where, string? parts)
    {
        var select = (SelectStatement)StatementParser.Parse($"SELECT * FROM t WHERE {where}", []);
        var conditions = select.KeysFor(Keys)?.Select(Shown);
        await Assert.That(conditions is null ? null : string.Join(',', conditions)).IsEqualTo(parts);
    }

    [Test]
    public async Task An_order_is_that_of_the_sort_key()
    {
        var select = (SelectStatement)StatementParser.Parse("SELECT * FROM t WHERE pk = 'a' ORDER BY pk, sk DESC", []);
        await Assert.That(select.Order).IsEqualTo(new SelectOrder("sk", IsDescending: true));
        await Assert.That(select.KeysFor(Keys)!.Count).IsEqualTo(1);
    }

    [Test]
    [Arguments("sk IN [2, 1, 3] ORDER BY sk", "a Equal 1,a Equal 2,a Equal 3")]
    [Arguments("sk IN [2, 1, 3] ORDER BY sk DESC", "a Equal 3,a Equal 2,a Equal 1")]
    [Arguments("(sk > 5 OR sk < 2) ORDER BY sk DESC", "a Greater 5,a Less 2")]
    public async Task Parts_of_a_partition_are_read_in_order(string clauses, string parts)
    {
        var select = (SelectStatement)StatementParser.Parse($"SELECT * FROM t WHERE pk = 'a' AND {clauses}", []);
        await Assert.That(string.Join(',', select.KeysFor(Keys)!.Select(Shown))).IsEqualTo(parts);
    }

    [Test]
    [Arguments("pk = 'p' AND sk = 3", true)]
    [Arguments("sk IN [3] AND (pk IN ['p'] AND pk = 'p')", true)]
    [Arguments("pk = 'p' AND sk = 3 AND s = 'x'", false)]
    [Arguments("pk = 'p' AND sk = 3 AND pk = 'q'", false)]
    [Arguments("pk = 'p'", false)]
    [Arguments("pk IN ['p', 'q'] AND sk = 3", false)]
    public async Task A_read_of_one_item_says_its_key_and_nothing_else(string where, bool isKey)
    {
        var select = (SelectStatement)StatementParser.Parse($"SELECT * FROM t WHERE {where}", []);
        await Assert.That(ReadKey.Of(select.Where, Keys))
            .IsEqualTo(isKey ? Wire.Item("""{"pk": {"S": "p"}, "sk": {"N": "3"}}""") : null);
    }

    private static string Shown(KeyCondition condition) => ((StringValue)condition.Hash).Text
        + (condition.Sort is { } sort ? $" {sort.Operator} {Number(sort.Value)}" : "")
        + (condition.Sort?.Upper is { } upper ? $" {Number(upper)}" : "");

    private static string Number(AttributeValue value) => ((NumberValue)value).Number.ToString();
}
