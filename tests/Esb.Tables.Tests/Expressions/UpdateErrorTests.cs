using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Expressions;

public sealed class UpdateErrorTests
{
    private const string Names = """{"#a": "a", "#c": "c", "#d": "[3]"}""";

    private const string Values = """
        {":s": {"S": "x"}, ":n": {"N": "1"}, ":b": {"B": "eA=="}, ":t": {"BOOL": true}, ":z": {"NULL": true},
         ":l": {"L": []}, ":m": {"M": {}}, ":ss": {"SS": ["x"]}, ":ns": {"NS": ["1"]}}
        """;

    private const string WrongSection = "Incorrect operand type for operator or function; operator: ";

    private const string WrongType = "Incorrect operand type for operator or function; operator or function: ";

    private const string Overlap = "Two document paths overlap with each other; must remove or rewrite one of these "
        + "paths; path one: ";

    private const string Conflict = "Two document paths conflict with each other; must remove or rewrite one of these "
        + "paths; path one: ";

    [Test]
    [Arguments("CHANGE a", "CHANGE", "CHANGE a")]
    [Arguments("  CHANGE a", "CHANGE", "  CHANGE a")]
    [Arguments("SET a = 3", "3", "= 3")]
    [Arguments("SET a = if_not_exists(a, 100)", "100", ", 100)")]
    [Arguments("SET a", "<EOF>", "a")]
    [Arguments("SET a = :s, ", "<EOF>", ", ")]
    [Arguments("SET a = :s b = :n", "b", ":s b =")]
    [Arguments("SET :s = a", ":s", "SET :s =")]
    [Arguments("SET a = b + c + d", "+", "c + d")]
    [Arguments("SET a = (b + c) - d", "-", ") - d")]
    [Arguments("SET a = b * c", "*", "b * c")]
    [Arguments("SET a = (b.c).d + e", ".", ").d")]
    [Arguments("SET (a = b)", "(", "SET (a")]
    [Arguments("SET a = set", "set", "= set")]
    [Arguments("SET a[2 1] = :s", "1", "2 1]")]
    [Arguments("REMOVE a = :s", "=", "a = :s")]
    [Arguments("REMOVE if_not_exists(a, b)", "(", "if_not_exists(a")]
    [Arguments("ADD a b", "b", "a b")]
    [Arguments("ADD a = :n", "=", "a = :n")]
    [Arguments("DELETE a if_not_exists(b, :ss)", "if_not_exists", "a if_not_exists(")]
    [Arguments("ADD hits : incr", ":", "hits : incr")]
    public async Task A_syntax_error_shows_the_token_and_its_neighbours(string text, string token, string near) =>
        await Assert.That(ProblemOf(text)).IsEqualTo($"Syntax error; token: \"{token}\", near: \"{near}\"");

    [Test]
    [Arguments("", "The expression can not be empty;")]
    [Arguments("set #missing = :gone set abOrt = true",
        "Attribute name is a reserved keyword; reserved keyword: abOrt")]
    [Arguments("set #missing = later(:gone)", "Invalid function name; function: later")]
    [Arguments("set a = size(b)", "The function is not allowed in an update expression; function: size")]
    [Arguments("remove #missing set a = b remove e",
        "The \"REMOVE\" section can only be used once in an update expression;")]
    [Arguments("set #missing = if_not_exists(:gone)", "An expression attribute name used in the document path is not "
        + "defined; attribute name: #missing")]
    [Arguments("set #a = if_not_exists(:gone)", "An expression attribute value used in expression is not defined; "
        + "attribute value: :gone")]
    [Arguments("set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a)", Overlap + "[c, [1], a], path two: [c]")]
    [Arguments("set a = b remove a", Overlap + "[a], path two: [a]")]
    [Arguments("set #c[3].#d = a, #c.#d[3] = if_not_exists(a)", Conflict + "[c, [3], [3]], path two: [c, [3], [3]]")]
    [Arguments("add a.b :s set e = list_append(:s, a)", WrongSection + "ADD, operand type: STRING")]
    [Arguments("add a :b", WrongSection + "ADD, operand type: BINARY")]
    [Arguments("add a :t", WrongSection + "ADD, operand type: BOOLEAN")]
    [Arguments("add a :z", WrongSection + "ADD, operand type: NULL")]
    [Arguments("add a :l", WrongSection + "ADD, operand type: LIST")]
    [Arguments("add a :m", WrongSection + "ADD, operand type: MAP")]
    [Arguments("delete a :n", WrongSection + "DELETE, operand type: NUMBER")]
    [Arguments("delete a :ss add e :n", "(none)")]
    [Arguments("set a = if_not_exists(c)", "Incorrect number of operands for operator or function; "
        + "operator or function: if_not_exists, number of operands: 1")]
    [Arguments("set a = if_not_exists(:s, c)",
        "Operator or function requires a document path; operator or function: if_not_exists")]
    [Arguments("set a = list_append(b, :n)", WrongType + "list_append, operand type: N")]
    [Arguments("set a = :s + :b", WrongType + "+, operand type: S")]
    [Arguments("set a = b - :ns", WrongType + "-, operand type: NS")]
    [Arguments("set a = (b - :n), c = ((:n)) + (e)", "(none)")]
    public async Task What_is_wrong_is_told_in_the_words_of_the_service(string text, string problem) =>
        await Assert.That(ProblemOf(text)).IsEqualTo(problem);

    [Test]
    [Arguments("add a.b :n")]
    [Arguments("remove d set e = :n, a = :n")]
    public async Task A_key_attribute_cannot_be_updated(string text)
    {
        var keys = new KeySchema("a", AttributeType.S, "b", AttributeType.N);
        await Assert.That(Parsed.Problem(() => Parsed.Update(text, """{":n": {"N": "1"}}""").RequireNoKeys(keys)))
            .IsEqualTo(
                "One or more parameter values were invalid: Cannot update attribute a. "
                    + "This attribute is part of the key");
    }

    [Test]
    public async Task A_path_into_a_key_is_refused_wherever_it_stands()
    {
        var update = Parsed.Update("set e = list_append(c, d.f[1])");
        await Assert.That(Parsed.Problem(() => KeyPaths.RequireScalars(update.Paths, ["c", "d"], isIndex: true)))
            .IsEqualTo("Key attributes must be scalars; "
                + "list random access '[]' and map lookup '.' are not allowed: IndexKey: d");
    }

    [Test]
    public async Task A_placeholder_that_no_expression_uses_is_refused()
    {
        var names = Parsed.Names("""{"#a": "a", "#b": "b"}""", """{":a": {"N": "1"}, ":b": {"N": "1"}}""");
        UpdateParser.Parse("set #a = :a", names);
        await Assert.That(Parsed.Problem(names.RequireAllUsed)).IsEqualTo(
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}");
        ConditionParser.Parse("attribute_exists(#b)", "ConditionExpression", names);
        await Assert.That(Parsed.Problem(names.RequireAllUsed)).IsEqualTo(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}");
    }

    [Test]
    [Arguments("""{}""", """{}""", "ExpressionAttributeNames must not be empty")]
    [Arguments("""{"a": "a"}""", """{}""", "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"")]
    [Arguments("""{"#": "a"}""", """{}""", "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\"")]
    [Arguments("""{"#a": "a"}""", """{}""", "ExpressionAttributeValues must not be empty")]
    [Arguments("""{"#a": "a"}""", """{":b c": {"S": "a"}}""",
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \":b c\"")]
    [Arguments("""{"#a": "a"}""", """{":b": {"N": "z"}}""", "ExpressionAttributeValues contains invalid value: "
        + "The parameter cannot be converted to a numeric value: z for key :b")]
    [Arguments("""{"#a": 1}""", """{":b": {"N": "z"}}""", "NUMBER_VALUE cannot be converted to String")]
    [Arguments("""[]""", """{":b": {"N": "z"}}""",
        "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>")]
    public async Task Placeholders_are_checked_before_the_expressions(string names, string values, string problem) =>
        await Assert.That(Parsed.Problem(() => Parsed.Names(names, values))).IsEqualTo(problem);

    private static string ProblemOf(string text) => Parsed.Problem(() => Parsed.Update(text, Values, Names))
        .Replace("Invalid UpdateExpression: ", "", StringComparison.Ordinal);

    [Test]
    public async Task Parentheses_can_be_nested_only_so_deep_as_there_are_operators() => await Assert.That(
        Parsed.Problem(() => UpdateParser.Parse(
            $"SET a = b + {new string('(', 2000)}c{new string(')', 2000)}", Parsed.Names(null, null))))
        .IsEqualTo("Invalid UpdateExpression: The expression has redundant parentheses;");
}
