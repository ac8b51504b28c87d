using CsCheck;
using Esb.Tables.Catalog;
using Esb.Tables.PartiQl;
using Esb.Tables.Tests.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.PartiQl;

public sealed class StatementErrorTests
{
    private const string Malformed = "Statement wasn't well formed, can't be processed: ";

    private const string Leftover = Malformed + "Unexpected token after expression";

    private const string Term = Malformed + "Unexpected term";

    private const string Overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range under ";

    private static readonly KeySchema Keys = new("pk", AttributeType.S, "sk", AttributeType.N);

    private const string Overlap = "Overlapping conditions with range keys are not supported in where clause";

    private static readonly string[] Words =
    [
        "SELECT", "*", "FROM", "t", "\"q\"", "WHERE", "a", ".", "[", "]", "(", ")", "{", "}", "'x'", ":", ",", "<<",
        ">>", "1", "-", "+", "=", "<", "AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "INSERT", "INTO", "VALUE",
        "UPDATE", "SET", "REMOVE", "DELETE", "size", "set_add", "RETURNING", "ALL", "OLD", "EXISTS", "ORDER", "BY", ";",
    ];

    [Test]
    [Arguments("", Malformed + "Expected data manipulation")]
    [Arguments("SELECTT * FROM t", Malformed + "Expected data manipulation")]
    [Arguments("SELECT * FROM t WHERE pk = 1 foo", Leftover)]
    [Arguments("SELECT * FROM t WHERE pk = 1 e5", Leftover)]
    [Arguments("SELECT * FROM t WHERE pk = 1)", Leftover)]
    [Arguments("SELECT * FROM t ORDER BY pk WHERE pk = 1", Leftover)]
    [Arguments("DELETE FROM t WHERE pk = 1 ORDER BY pk", Leftover)]
    [Arguments("INSERT INTO t VALUE {'pk': 1} foo", Leftover)]
    [Arguments("INSERT INTO t x VALUE {'pk': 1}", Leftover)]
    [Arguments("UPDATE t SET a = 9 WHERE pk = 1 foo", Leftover)]
    [Arguments("FROM t SET c = 1 WHERE pk = 'x'", Leftover)]
    [Arguments("SELECT * FROM t WHERE pk = 1e2147483648", Malformed)]
    [Arguments("SELECT * FROM t WHERE pk = 1.5e-2147483647", Malformed)]
    [Arguments("SELECT * FROM t WHERE pk = 1 # note", Malformed)]
    [Arguments("SELECT * FROM t WHERE pk = 1 /* note", Malformed)]
    [Arguments("SELECT * FROM \"t", Malformed)]
    [Arguments("SELECT * FROM t WHERE", Term)]
    [Arguments("SELECT * FROM t WHERE;", Term)]
    [Arguments("SELECT * FROM t WHERE NOT", Term)]
    [Arguments("SELECT * FROM t WHERE (", Term)]
    [Arguments("SELECT * FROM t WHERE pk", Term)]
    [Arguments("SELECT * FROM t WHERE (pk = 1) = 2", Term)]
    [Arguments("SELECT * FROM", Term)]
    [Arguments("SELECT * FROM t WHERE pk = 1 AND", Malformed + "Missing right-hand side expression of infix operator")]
    [Arguments("SELECT * FROM t WHERE ORDER BY pk", Malformed + "Unexpected keyword")]
    [Arguments("SELECT * FROM t WHERE IS NULL", Malformed + "Unexpected operator")]
    [Arguments("SELECT * FROM t WHERE pk = LIKE", Malformed + "Unexpected operator")]
    [Arguments("SELECT * FROM t WHERE x IS FOO", Malformed + "Expected type name")]
    [Arguments("SELECT * FROM t WHERE attribute_exists(m.inner)", Malformed + "Invalid path dot component")]
    [Arguments("DELETE FROM WHERE pk = 'a'", Malformed + "Expected identifier for simple path")]
    [Arguments("DELETE FROM;", Malformed + "Expected identifier for simple path")]
    [Arguments("SELECT * FROM t x WHERE pk = 'x'", "Aliasing is not supported")]
    [Arguments("SELECT * FROM t AS x", "Aliasing is not supported")]
    [Arguments("UPDATE t x SET a = 3 WHERE pk = 'x'", "Aliasing is not supported")]
    [Arguments("SELECT * FROM a.b.c", "A path may contain at most 2 components in the FROM clause")]
    [Arguments("SELECT * FROM \"t\".\"\"", "Path component cannot be an empty string")]
    [Arguments("SELECT * FROM t WHERE pk = 1e126", Overflow + "root")]
    [Arguments("INSERT INTO t VALUE {'pk': 1e126}", Overflow + "root")]
    [Arguments("INSERT INTO t VALUE {'m': {'x': 1e126}}", Overflow + "root.x")]
    [Arguments("INSERT INTO t VALUE {'l': [1, 1e126]}", Overflow + "root[1]")]
    [Arguments("INSERT INTO t VALUE {'a': set_add(b, c)}", "Unsupported data type: set_add under key root at 1:27:7")]
    [Arguments("INSERT INTO t VALUE {'m': {'k': ?}}", "Unsupported data type: Parameter under key root.k at 1:33:1")]
    [Arguments("UPDATE t SET a = <<2, 2.0>> WHERE pk = 'x'", "One or more parameter values were invalid: "
        + "Input collection [2, 2.0] contains duplicates! under root")]
    [Arguments("SELECT l[-1] FROM t", "List index is not within the allowable range; index: [-1] at 1:11:1")]
    [Arguments("SELECT l[2147483648] FROM t",
        "List index is not within the allowable range; index: [2147483648] at 1:10:10")]
    [Arguments("SELECT * FROM t WHERE attribute_exists(a) > false",
        "Incorrect operand type for operator or function; operator or function: >, operand type: BOOL")]
    [Arguments("SELECT size(a) FROM t", "Unexpected path component at 1:8:4")]
    [Arguments("SELECT *\nFROM t WHERE EXISTS(a)", "Unrecognized function: exists at 2:14:6")]
    [Arguments("SELECT * FROM t WHERE attribute_exists()", "Incorrect number of operands for operator or function; "
        + "operator or function: attribute_exists, number of operands: 0")]
    [Arguments("SELECT * FROM t WHERE attribute_exists('a')",
        "Operator or function requires a document path; operator or function: attribute_exists")]
    [Arguments("SELECT * FROM t WHERE a < true",
        "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL")]
    [Arguments("UPDATE t SET a = set_add(b, <<'x'>>) WHERE pk = 'x'",
        "The first argument to SET_ADD must equal the assignment value at 1:18:7")]
    [Arguments("UPDATE t SET a = set_add(a, 'x') WHERE pk = 'x'",
        "The second argument to SET_ADD must be a value with type SET at 1:26:1")]
    [Arguments("UPDATE t SET a = set_delete(a) WHERE pk = 'x'",
        "SET_DELETE must have exactly two arguments at 1:18:10")]
    [Arguments("UPDATE t SET a = <<>> WHERE pk = 'x'", "Empty bags are not supported")]
    [Arguments("UPDATE t SET a = <<'x', 'x'>> WHERE pk = 'x'",
        "One or more parameter values were invalid: Input collection [x, x] contains duplicates.")]
    [Arguments("UPDATE t SET a = 1, a.b = 2 WHERE pk = 'x'", "Two document paths overlap with each other; must remove "
        + "or rewrite one of these paths; path one: [a], path two: [a, b]")]
    [Arguments("DELETE FROM t WHERE pk = 'x' RETURNING MODIFIED OLD *", "Invalid returning clause: RETURNING MODIFIED "
        + "OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.")]
    [Arguments("SELECT * FROM t WHERE pk = ?", "Number of parameters in request and statement don't match.")]
    public async Task What_is_wrong_is_told_in_the_words_of_the_service(string text, string problem) =>
        await Assert.That(Parsed.Problem(() => StatementParser.Parse(text, []))).IsEqualTo(problem);

    [Test]
    [Arguments(51, "pk IN [{0}]", "Too many decomposed read operations for a given query.")]
    [Arguments(26, "pk IN [{0}] AND sk IN [1, 2]", "Too many decomposed read operations for a given query.")]
    [Arguments(101, "s IN [{0}]", "The IN operator is provided with too many operands; number of operands: 101")]
    [Arguments(100, "s IN [{0}]", "(none)")]
    [Arguments(51, "pk IN [{0}] OR s = 'x'", "(none)")]
    public async Task A_list_of_values_and_the_reads_that_follow_from_it_are_limited(
        int count, string where, string problem)
    {
        var values = string.Join(", ", Enumerable.Range(0, count).Select(at => $"'v{at}'"));
        var text = "SELECT * FROM t WHERE " + where.Replace("{0}", values, StringComparison.Ordinal);
        await Assert.That(Parsed.Problem(() => ((SelectStatement)StatementParser.Parse(text, [])).KeysFor(Keys)))
            .IsEqualTo(problem);
    }

    [Test]
    public async Task A_write_with_two_values_for_a_key_is_refused()
    {
        const string Text = "DELETE FROM t WHERE pk = 'a' AND sk = 1 AND pk = 'b'";
        var delete = (DeleteStatement)StatementParser.Parse(Text, []);
        await Assert.That(Parsed.Problem(() => WriteKey.Of(delete.Where, Keys)))
            .IsEqualTo("Multiple conditions on same key pk. Only single item Update/Insert/Delete are supported");
    }

    [Test]
    public async Task A_parameter_that_is_not_used_is_refused() => await Assert.That(Parsed.Problem(
        () => StatementParser.Parse("SELECT * FROM t", [NullValue.Instance]))).IsEqualTo(
            "Number of parameters in request and statement don't match.");

    [Test]
    [Arguments("DELETE FROM t WHERE pk = 'x'")]
    [Arguments("DELETE FROM t WHERE pk = 'x' AND sk > 3")]
    [Arguments("DELETE FROM t WHERE pk = 'x' OR sk = 3")]
    [Arguments("DELETE FROM t")]
    public async Task A_write_names_one_item(string text) => await Assert.That(Parsed.Problem(
        () => WriteKey.Of(((DeleteStatement)StatementParser.Parse(text, [])).Where, Keys))).IsEqualTo(
            "Where clause does not contain a mandatory equality on all key attributes");

    [Test]
    [Arguments("ORDER BY sk", "Must have WHERE clause in the statement when using ORDER BY clause.")]
    [Arguments("WHERE pk = 'a' ORDER BY x", "Variable reference x in ORDER BY clause must be part of the primary key")]
    [Arguments("WHERE pk > 'a' ORDER BY sk",
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")]
    [Arguments("WHERE pk IN ['a', 'b'] ORDER BY sk",
        "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.")]
    [Arguments("WHERE pk = 1", "Key attribute's data type should match its data type in table's schema: Key pk")]
    [Arguments("WHERE pk = 'a' AND sk IN [1, 'x']",
        "Key attribute's data type should match its data type in table's schema: Key sk")]
    [Arguments("WHERE pk IN ['a', 'a']", Overlap)]
    [Arguments("WHERE pk = 'a' OR pk = 'a'", Overlap)]
    [Arguments("WHERE pk = 'a' AND (sk > 0 OR sk < 5)", Overlap)]
    [Arguments("WHERE pk = 'a' AND (sk = 1 OR s = 'x')", Overlap)]
    [Arguments("WHERE (pk = 'a' AND s = 'x') OR (pk = 'a' AND s = 'y')", Overlap)]
    [Arguments("WHERE pk = 'a' AND x <> 1 OR pk = 'a' AND sk = 2", Overlap)]
    public async Task What_does_not_fit_the_keys_is_refused(string clauses, string problem) => await Assert.That(
        Parsed.Problem(() => ((SelectStatement)StatementParser.Parse($"SELECT * FROM t {clauses}", [])).KeysFor(Keys)))
        .IsEqualTo(problem);

    [Test]
    public async Task Thousands_of_brackets_are_an_error_and_not_the_end_of_the_process()
    {
        await Assert.That(Parsed.Problem(() => StatementParser.Parse(
            "SELECT * FROM t WHERE " + new string('(', 8000), []))).IsEqualTo(Malformed);
        await Assert.That(Parsed.Problem(() => StatementParser.Parse(
            "INSERT INTO t VALUE {'a': " + string.Concat(Enumerable.Repeat("{'b':", 32)), []))).IsEqualTo(
            "Nesting Levels have exceeded supported limits under root" + string.Concat(Enumerable.Repeat(".b", 32)));
        await Assert.That(Parsed.Problem(() => StatementParser.Parse(
            "SELECT * FROM t WHERE " + string.Concat(Enumerable.Repeat("NOT ", 2000)), []))).IsEqualTo(Malformed);
        await Assert.That(Parsed.Problem(() => StatementParser.Parse(
            "SELECT * FROM t WHERE a=1" + string.Concat(Enumerable.Repeat(" AND a=1", 1000)), []))).IsEqualTo("(none)");
    }

    [Test]
    public void Any_text_is_a_statement_or_an_error_of_the_client() =>
        Gen.Int[0, Words.Length - 1].Array[0, 14].Sample(places =>
        {
            var text = string.Join(' ', places.Select(place => Words[place]));
            foreach (var start in (string[])["", "SELECT * FROM t WHERE ", "UPDATE t SET a = "])
                Parsed.Problem(() => StatementParser.Parse(start + text, []));
            return true;
        });
}
